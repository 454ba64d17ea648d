package dev.reckoner.bench.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** CPU time and memory of a process and its descendants, read from {@code /proc} (proc(5)). */
final class ProcessFigures {

    /** Of no process: all zero. */
    static final ProcessFigures NONE = new ProcessFigures(List.of(), Path.of("/proc"));

    /** The kernel's USER_HZ, which is 100 on every architecture that the JDK runs on. */
    private static final long TICK_MICROS = 10_000;

    private static final long KIB_PER_MIB = 1024;

    /** The fields behind the command name, which may hold blanks and parentheses: utime and stime are the 14th and 15th. */
    private static final int UTIME_BEHIND_NAME = 11;

    private static final Duration QUIET_LOOK = Duration.ofMillis(100);

    /** Looks in a row that must see at most one tick. */
    private static final int QUIET_LOOKS = 4;

    private final List<ProcessHandle> roots;
    private final Path proc;

    private ProcessFigures(List<ProcessHandle> roots, Path proc) {
        this.roots = roots;
        this.proc = proc;
    }

    /** Of a process and whatever it starts. */
    static ProcessFigures of(ProcessHandle root) {
        return new ProcessFigures(List.of(root), Path.of("/proc"));
    }

    /** User and system time so far, in steps of 10 ms. */
    long cpuMicros() {
        return pids().stream().mapToLong(this::ticks).sum() * TICK_MICROS;
    }

    /** Resident memory in MiB. */
    long residentMib() {
        return pids().stream().mapToLong(this::residentKib).sum() / KIB_PER_MIB;
    }

    /**
     * Waits until the processes have nothing to do any more, or for {@code max}.
     *
     * @return whether they are quiet
     */
    boolean awaitQuiet(Duration max) {
        long deadline = System.nanoTime() + max.toNanos();
        long before = cpuMicros();
        int looks = 0;
        while (looks < QUIET_LOOKS && System.nanoTime() < deadline) {
            LockSupport.parkNanos(QUIET_LOOK.toNanos());
            long now = cpuMicros();
            looks = now - before <= TICK_MICROS ? looks + 1 : 0;
            before = now;
        }
        return looks == QUIET_LOOKS;
    }

    private List<Long> pids() {
        return roots.stream()
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .map(ProcessHandle::pid)
                .toList();
    }

    private long ticks(long pid) {
        String stat = read(pid, "stat");
        int name = stat.lastIndexOf(')');
        if (name < 0) {
            return 0;
        }
        String[] fields = stat.substring(name + 2).split(" ", -1);
        return Long.parseLong(fields[UTIME_BEHIND_NAME]) + Long.parseLong(fields[UTIME_BEHIND_NAME + 1]);
    }

    private long residentKib(long pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** The text of a file of a process, empty where the process is gone. */
    private String read(long pid, String file) {
        try {
            return Files.readString(proc.resolve(Long.toString(pid)).resolve(file));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new LoadException("the figures of process " + pid + " can't be read: " + e);
        }
    }
}
