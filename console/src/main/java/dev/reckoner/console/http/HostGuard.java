package dev.reckoner.console.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets through only requests that name us as their host: a loopback name, the name we were told to listen on, another that
 * the operator says is ours, or the address the connection came in on. A page elsewhere that points its own name at us (DNS rebinding) names another.
 */
public final class HostGuard {

    private final String listenHost;
    private final Set<String> others;

    /**
     * Guards a listener on that name or address.
     *
     * @param others further names that are ours, in lower case
     */
    public HostGuard(String listenHost, Collection<String> others) {
        this.listenHost = listenHost.toLowerCase(Locale.ROOT);
        this.others = Set.copyOf(others);
    }

    /**
     * Checks the Host field (RFC 9112 §3.2: exactly one).
     *
     * @param local the address the connection came in on
     * @throws Problem where it is missing, repeated, malformed or not ours
     */
    void check(HttpHeaders headers, @Nullable SocketAddress local) {
        List<String> fields = headers.getAll(HttpHeaderNames.HOST);
        if (fields.size() != 1) {
            throw Problem.malformed("Host: found " + fields.size() + " fields, expected one");
        }
        String host = host(fields.get(0));
        if (host == null) {
            throw Problem.malformed("Host: found no host with an optional port");
        }
        if (!ours(host, local)) {
            throw Problem.of(
                    421,
                    "Host: found a name that isn't this console's, expected localhost, " + listenHost
                            + " or one of console.hosts");
        }
    }

    private boolean ours(String host, @Nullable SocketAddress local) {
        if (host.equals("localhost") || host.equals(listenHost) || others.contains(host)) {
            return true;
        }
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal == null) {
            return false;
        }
        boolean loopback = literal.length == 4 ? literal[0] == 127 : loopback6(literal);
        return loopback || (local instanceof InetSocketAddress address && sameAddress(literal, address.getAddress()));
    }

    private static boolean loopback6(byte[] literal) {
        for (int i = 0; i < literal.length - 1; i++) {
            if (literal[i] != 0) {
                return false;
            }
        }
        return literal[literal.length - 1] == 1;
    }

    private static boolean sameAddress(byte[] literal, @Nullable InetAddress address) {
        return address != null && Arrays.equals(literal, address.getAddress());
    }

    /** The host of {@code host[:port]} in lower case, brackets taken off; null where it is no such thing. */
    private static @Nullable String host(String field) {
        String text = field.toLowerCase(Locale.ROOT);
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        if (end < 0) {
            end = text.length();
        }
        String host = text.substring(0, end);
        if (host.isEmpty() || !text.substring(end).matches("(:[0-9]{1,5})?")) {
            return null;
        }
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
