package dev.reckoner.proxy.forward;

import dev.reckoner.config.HostPort;
import java.net.URI;
import java.util.Locale;

/**
 * The one origin that everything is forwarded to, taken apart once.
 *
 * @param tls whether it is reached by TLS
 * @param address host and port to connect to
 * @param hostField value of the Host field: without the port where it is the scheme's own
 * @param pathPrefix put before every target, without a slash at its end
 */
record Origin(boolean tls, HostPort address, String hostField, String pathPrefix) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** Takes the operator's URL apart; it is known to have a scheme and a host. */
    static Origin of(URI url) {
        boolean tls = "https".equals(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT));
        int schemePort = tls ? HTTPS_PORT : HTTP_PORT;
        int port = url.getPort() < 0 ? schemePort : url.getPort();
        String host = url.getHost();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return new Origin(
                tls,
                new HostPort(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port),
                port == schemePort ? host : host + ":" + port,
                path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }
}
