package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Outcome;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS to the upstream: only a certificate that is valid, trusted and for this host lets anything pass. */
final class TlsTest {

    private static final char[] PASSWORD = "none".toCharArray();

    @TempDir
    static Path directory;

    private static X509Bundle authority;
    private static Path trusted;

    @BeforeAll
    static void makeAuthority() throws Exception {
        authority = new CertificateBuilder()
                .ecp256()
                .subject("CN=test authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        trusted = Files.writeString(directory.resolve("authority.pem"), authority.getCertificatePEM());
    }

    @Test
    void certificate_good_passesWithServerNameAndReuse() throws Exception {
        X509Bundle certificate = server().addSanDnsName("localhost").buildIssuedBy(authority);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(sockets(certificate), with -> {
                    while (with.request() != null) {
                        with.send(
                                Wire.ok(((SSLSocket) with.socket()).getSession().getProtocol()));
                    }
                });
                ProxyHarness proxy = ProxyHarness.before(url("localhost", upstream), TlsTest::trusting);
                RawClient client = proxy.client()) {
            assertEquals(Wire.ok("TLSv1.3"), client.send(Wire.post("{}")).response());
            assertEquals(Wire.ok("TLSv1.3"), client.send(Wire.post("{}")).response());
            assertEquals(1, upstream.connections());
            assertTrue(upstream.heads().get(0).contains("Host: localhost:" + upstream.port() + "\r\n"));
        }
    }

    @Test
    void certificate_ofAnAddress_passes() throws Exception {
        X509Bundle certificate = server().addSanIpAddress("127.0.0.1").buildIssuedBy(authority);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(sockets(certificate), with -> {
                    with.request();
                    with.send(Wire.ok("{}"));
                });
                ProxyHarness proxy = ProxyHarness.before(url("127.0.0.1", upstream), TlsTest::trusting);
                RawClient client = proxy.client()) {
            assertEquals(Wire.ok("{}"), client.send(Wire.post("{}")).response());
        }
    }

    @Test
    void certificate_ofAnotherHost_isRefused() throws Exception {
        assertRefused(server().addSanDnsName("example.org").buildIssuedBy(authority), TlsTest::trusting);
    }

    @Test
    void certificate_expired_isRefused() throws Exception {
        Instant now = Instant.now();
        assertRefused(
                server().addSanDnsName("localhost")
                        .notBefore(now.minus(Duration.ofDays(20)))
                        .notAfter(now.minus(Duration.ofDays(10)))
                        .buildIssuedBy(authority),
                TlsTest::trusting);
    }

    @Test
    void certificate_selfSigned_isRefused() throws Exception {
        assertRefused(
                server().addSanDnsName("localhost")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned(),
                TlsTest::trusting);
    }

    @Test
    void certificate_ofAnAuthorityTheJdkDoesNotKnow_isRefusedWithoutAFile() throws Exception {
        assertRefused(server().addSanDnsName("localhost").buildIssuedBy(authority), settings -> settings);
    }

    @Test
    void upstream_withoutTls_isRefused() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> with.send("HTTP/1.1 400 Bad\r\n\r\n"))) {
            assertRefused(upstream, TlsTest::trusting);
        }
    }

    @Test
    void closeDelimited_withACloseNotify_isWhole() throws Exception {
        X509Bundle certificate = server().addSanDnsName("localhost").buildIssuedBy(authority);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(sockets(certificate), with -> {
                    with.request();
                    with.send("HTTP/1.1 200 OK\r\n\r\nwhole");
                });
                ProxyHarness proxy = ProxyHarness.before(url("localhost", upstream), TlsTest::trusting);
                RawClient client = proxy.client()) {
            assertTrue(client.send(Wire.post("{}")).all().endsWith("\r\n\r\nwhole"));
            assertEquals(Outcome.OK_UPSTREAM_COMPLETE, proxy.books.entry().outcome());
        }
    }

    private static void assertRefused(X509Bundle certificate, UnaryOperator<Settings> settings) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(sockets(certificate), with -> {
            while (with.request() != null) {
                with.send(Wire.ok("{}"));
            }
        })) {
            assertRefused(upstream, settings);
        }
    }

    private static void assertRefused(ScriptedUpstream upstream, UnaryOperator<Settings> settings) throws Exception {
        try (ProxyHarness proxy = ProxyHarness.before(url("localhost", upstream), settings);
                RawClient client = proxy.client()) {
            String answer = client.send(Wire.post("{}")).all();
            assertTrue(answer.startsWith("HTTP/1.1 502 "), answer);
            assertTrue(answer.contains("localhost:" + upstream.port()), answer);
            assertEquals(Outcome.FAILED_UPSTREAM_TLS, proxy.books.entry().outcome());
            assertEquals(1, proxy.books.closed().size());
            assertEquals(0, upstream.heads().size());
        }
    }

    private static CertificateBuilder server() {
        return new CertificateBuilder().ecp256().subject("CN=test upstream").addExtendedKeyUsageServerAuth();
    }

    private static URI url(String host, ScriptedUpstream upstream) {
        return URI.create("https://" + host + ":" + upstream.port());
    }

    private static Settings trusting(Settings settings) {
        return ProxyHarness.upstream(
                settings,
                u -> new Settings.Upstream(
                        u.url(), trusted, u.connectTimeout(), u.idleTimeout(), u.poolIdleTimeout(), u.poolIdleMax()));
    }

    private static SSLServerSocketFactory sockets(X509Bundle certificate) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(certificate.toKeyStore(PASSWORD), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }
}
