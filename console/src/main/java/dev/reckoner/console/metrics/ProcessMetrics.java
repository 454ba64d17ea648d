package dev.reckoner.console.metrics;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What the process takes of its machine. */
final class ProcessMetrics {
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private ProcessMetrics() {}

    static void add(Figures figures) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        Map<String, Long> bytes = new TreeMap<>();
        bytes.put("heap", memory.getHeapMemoryUsage().getUsed());
        bytes.put("nonheap", memory.getNonHeapMemoryUsage().getUsed());
        bytes.put(
                "buffers",
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .filter(used -> used > 0)
                        .sum());
        figures.gauge("reckoner_memory_bytes", "Memory in use.", Figures.by("area", bytes));
        figures.gauge(
                "reckoner_memory_heap_max_bytes",
                "The most that the heap may take.",
                memory.getHeapMemoryUsage().getMax());
        figures.gauge(
                "reckoner_threads",
                "Threads that live.",
                ManagementFactory.getThreadMXBean().getThreadCount());
        figures.counter(
                "reckoner_gc_seconds",
                "Time taken by garbage collections.",
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                                .filter(millis -> millis > 0)
                                .sum()
                        / MILLIS);
        long cpu = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
        figures.counter("reckoner_cpu_seconds", "Processor time that the process has taken.", cpu / NANOS);
    }
}
