package dev.reckoner.proxy.forward;

import dev.reckoner.config.Settings;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS to the origin: certificate and host name are always verified, there is no way to switch that off. Safe on any
 * thread.
 */
final class UpstreamTls {

    private final SslContext context;
    private final Origin origin;

    private UpstreamTls(SslContext context, Origin origin) {
        this.context = context;
        this.origin = origin;
    }

    /**
     * TLS for this origin, or null where it is reached without.
     *
     * @throws IllegalStateException where the certificates can't be read
     */
    static @Nullable UpstreamTls of(Origin origin, Settings.Upstream settings) {
        if (!origin.tls()) {
            return null;
        }
        Path authorities = settings.caFile();
        File trusted = authorities == null ? null : authorities.toFile();
        try {
            // Without a file the JDK's own authorities are trusted. The algorithm is set although it is the default
            // since Netty 4.2: a host name that is not verified must never depend on a default (CVE-2026-50010).
            SslContext context = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .trustManager(trusted)
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
            return new UpstreamTls(context, origin);
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the certificates of upstream.caFile " + authorities + " can't be used: " + e.getMessage()
                            + "; expected PEM certificates",
                    e);
        }
    }

    /** A handler for one connection, with server name indication. */
    SslHandler handler(ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(
                allocator, origin.address().host(), origin.address().port());
        // The limit of the whole connect attempt covers the handshake.
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }
}
