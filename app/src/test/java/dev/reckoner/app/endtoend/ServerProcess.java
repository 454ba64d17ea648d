package dev.reckoner.app.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real {@code serve} in a process of its own, which a test may kill; its output goes to files. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final Path out;
    private final Path err;

    private ServerProcess(Process process, int port, Path out, Path err) {
        this.process = process;
        this.port = port;
        this.out = out;
        this.err = err;
    }

    /** Starts it on free ports and returns when it accepts connections. */
    static ServerProcess start(Path home, Path ledger, URI upstream) throws IOException, InterruptedException {
        int port = freePort();
        Path out = Files.createTempFile(home, "serve", ".out");
        Path err = Files.createTempFile(home, "serve", ".err");
        List<String> command = new ArrayList<>(List.of(java(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(List.of("dev.reckoner.app.Main", "serve", "--listen", "127.0.0.1:" + port));
        command.addAll(List.of("--console", "127.0.0.1:0", "--upstream", upstream.toString()));
        command.addAll(List.of("--ledger", ledger.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("RECKONER_"));
        builder.environment().put("HOME", home.toString());
        ServerProcess server = new ServerProcess(builder.start(), port, out, err);
        server.awaitListening();
        return server;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Kills it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks it to end and waits until it has. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("serve did not end when it was asked to");
        }
        return process.exitValue();
    }

    Path out() {
        return out;
    }

    Path err() {
        return err;
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitListening() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!listens()) {
            boolean ended = process.waitFor(20, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new AssertionError("serve does not listen on port " + port + ": "
                        + Files.readString(err, StandardCharsets.UTF_8)
                        + Files.readString(out, StandardCharsets.UTF_8));
            }
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
