package dev.reckoner.config;

/**
 * An address to listen on or to connect to. Port 0 asks the system for a free port.
 *
 * @param host a host name or address literal, IPv6 without brackets
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
