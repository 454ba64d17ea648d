package dev.reckoner.console;

import dev.reckoner.ledger.JournalState;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.alert.Alert;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** How a server might stand. */
public final class TestState {
    private static final Instant START = Instant.parse("2026-11-20T23:59:59.999999999Z");

    /** A state in which every figure is another one. */
    public static final ServerState STATE = new ServerState(
            new ServerState.About(
                    "1.2.3",
                    START,
                    URI.create("https://api.example"),
                    URI.create("http://127.0.0.1:1"),
                    URI.create("http://127.0.0.1:2")),
            START.plusSeconds(90),
            /* ready= */ true,
            new ServerState.Traffic(3, 4, 5, 6, 9, 7, 8),
            new JournalState(4096, 11, 12, /* writable= */ true),
            new Lag(13, Duration.ofMillis(1500)),
            List.of(),
            Map.of(Alert.Kind.VARIANCE, 14L),
            15,
            new ServerState.Books(
                    START,
                    16,
                    17,
                    18,
                    new ServerState.Reconciled(
                            "rec_1",
                            LocalDate.parse("2026-11-01"),
                            LocalDate.parse("2026-11-07"),
                            START,
                            /* matched= */ false,
                            new BigDecimal("10.5"),
                            new BigDecimal("12.25"),
                            new BigDecimal("1.75"),
                            new BigDecimal("2.5"),
                            new BigDecimal("0.875"))));

    private TestState() {}
}
