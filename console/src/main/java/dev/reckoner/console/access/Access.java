package dev.reckoner.console.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Decides who asks. Safe on any thread, never blocks. */
public final class Access {

    /** The header field that a change asked by a browser carries the caller's {@link Caller#csrf} in. */
    public static final String CSRF_FIELD = "x-reckoner-csrf";

    private final String csrf;

    /** For a console that only this machine can reach: nobody has to show anything. */
    public Access(SecureRandom random) {
        this.csrf = Secret.random(random);
    }

    /** Whether callers have to log in. */
    public boolean login() {
        return false;
    }

    /** Who asks from that address. */
    public Caller caller(@Nullable SocketAddress remote) {
        return new Caller(Caller.LOOPBACK, Role.ADMIN, address(remote), csrf);
    }

    private static String address(@Nullable SocketAddress remote) {
        InetAddress address = remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
        return address == null ? "unknown" : address.getHostAddress();
    }
}
