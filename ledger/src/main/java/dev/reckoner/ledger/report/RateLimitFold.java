package dev.reckoner.ledger.report;

import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.RateLimitRow.Peak;
import dev.reckoner.ledger.RateLimitRow.Throttled;
import dev.reckoner.ledger.VendorLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One row of peaks while its minutes come in, each once, in any order. */
final class RateLimitFold {
    private final Map<String, Long> throttled = new TreeMap<>();
    private Peak peakInput = Peak.NONE;
    private Peak peakOutput = Peak.NONE;
    private Peak peakRequests = Peak.NONE;
    private long requests;
    private long input;
    private long cacheRead;
    private long output;
    private final List<VendorLimits> limits = new ArrayList<>();

    void input(Instant minute, long uncached, long read) {
        peakInput = higher(peakInput, uncached, minute);
        input += uncached;
        cacheRead += read;
    }

    void output(Instant minute, long tokens) {
        peakOutput = higher(peakOutput, tokens, minute);
        output += tokens;
    }

    void requests(Instant minute, long count) {
        peakRequests = higher(peakRequests, count, minute);
        requests += count;
    }

    void throttled(String user, long count) {
        if (count > 0) {
            throttled.merge(user, count, Long::sum);
        }
    }

    void limits(VendorLimits stated) {
        limits.add(stated);
    }

    RateLimitRow row(Instant start, String group) {
        return new RateLimitRow(
                start,
                group,
                peakInput,
                peakOutput,
                peakRequests,
                input,
                cacheRead,
                output,
                requests,
                throttled.values().stream().mapToLong(Long::longValue).sum(),
                new VendorLimits(
                        only(VendorLimits::requests),
                        only(VendorLimits::inputTokens),
                        only(VendorLimits::outputTokens)),
                throttled.entrySet().stream()
                        .map(user -> new Throttled(user.getKey(), user.getValue()))
                        .sorted(Comparator.comparing(Throttled::requests)
                                .reversed()
                                .thenComparing(Throttled::user))
                        .toList());
    }

    private static Peak higher(Peak peak, long tokens, Instant minute) {
        Instant at = peak.at();
        boolean earlier = tokens == peak.most() && at != null && minute.isBefore(at);
        return tokens > peak.most() || earlier ? new Peak(tokens, minute) : peak;
    }

    /** One limit of several that differ says nothing of their sum. */
    private @Nullable Long only(Function<VendorLimits, @Nullable Long> which) {
        Set<Long> stated = new TreeSet<>();
        for (VendorLimits one : limits) {
            Long limit = which.apply(one);
            if (limit != null) {
                stated.add(limit);
            }
        }
        return stated.size() == 1 ? stated.iterator().next() : null;
    }
}
