package dev.reckoner.bench.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A proxy as a child process, on one core if one was named. It is asked to end, and killed where it doesn't; also when
 * this process is asked to end meanwhile.
 */
final class Child implements Target {

    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int CONNECT_MILLIS = 500;
    private static final int END_SECONDS = 40;

    private final String name;
    private final InetSocketAddress address;
    private final Process process;
    private final Thread hook;

    private Child(String name, InetSocketAddress address, Process process) {
        this.name = name;
        this.address = address;
        this.process = process;
        hook = new Thread(process::destroy, "end " + name);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * How a child is started.
     *
     * @param environment variables beside the inherited ones
     * @param log where its output goes
     * @param core the core it is bound to, by number as taskset understands it; empty for all
     */
    record Start(List<String> command, Map<String, String> environment, Path log, String core) {}

    /**
     * Starts a process and waits until it accepts connections on a port.
     *
     * @throws LoadException where it ends or doesn't listen in time, with the end of its log
     */
    static Child start(String name, int port, Start start) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        List<String> command = new ArrayList<>();
        if (!start.core().isEmpty()) {
            command.addAll(List.of("taskset", "-c", start.core()));
        }
        command.addAll(start.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(start.log().toFile());
        builder.environment().putAll(start.environment());
        try {
            Child child = new Child(name, address, builder.start());
            child.awaitListening(start.log());
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " can't be started as " + String.join(" ", command), e);
        }
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public ProcessFigures figures() {
        return ProcessFigures.of(process.toHandle());
    }

    @Override
    public void close() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
        forgetHook();
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending, and the hook has run or will.
            process.destroy();
        }
    }

    private void awaitListening(Path log) {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (listens()) {
                return;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        close();
        throw new LoadException(name + " did not listen on " + address + ": " + end(log));
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String end(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, Charset.defaultCharset());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "its log " + log + " can't be read";
        }
    }
}
