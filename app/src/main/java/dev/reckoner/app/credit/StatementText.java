package dev.reckoner.app.credit;

import dev.reckoner.app.command.Footnotes;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.ledger.credit.CreditNote;
import dev.reckoner.ledger.credit.CreditStatement;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A statement of credits for people and, as JSON, for programs. */
final class StatementText {
    private static final int CENTS = 2;
    private static final int RATE_PLACES = 6;
    private static final int WHAT_LEAST = 20;
    private static final int NOTE_LEAST = 20;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Shell shell;
    private final Table table = new Table(
            List.of(Column.text("Prepaid credits", WHAT_LEAST), Column.number("USD"), Column.text("", NOTE_LEAST)));

    StatementText(Shell shell) {
        this.shell = shell;
    }

    void print(CreditStatement statement) {
        row("Stated", statement.stated(), "on " + TIME.format(statement.statedAt()) + " UTC");
        if (statement.topUps() > 0) {
            row("Added", statement.added(), counted(statement.topUps(), "top-up"));
        }
        if (!statement.reloads().isEmpty()) {
            table.row(List.of(
                    "Reloaded, assumed",
                    "~" + Numbers.usd(statement.assumed(), CENTS),
                    counted(statement.reloads().size(), "reload") + rule(statement.rule())));
        }
        if (statement.billedDays() > 0) {
            row(
                    "Spent, as billed",
                    statement.billed().negate(),
                    counted(statement.billedDays(), "day") + "; " + Numbers.usd(statement.billedBooked(), CENTS)
                            + " by our books");
        }
        row("Spent, by our books", statement.booked().negate(), "no bill pulled yet");
        table.total(List.of(
                "Remaining",
                (statement.reloads().isEmpty() ? "" : "~") + Numbers.usd(statement.remaining(), CENTS),
                "on " + TIME.format(statement.at()) + " UTC"));
        table.print(shell.out(), shell.columns(), shell.colours());
        shell.out().println();
        shell.out().println("  A day      " + perDay(statement));
        shell.out().println("  Lasts      " + lasts(statement));
        shell.out().println("  Warning    " + warning(statement));
        notes(statement);
    }

    private void row(String what, BigDecimal amount, String note) {
        table.row(List.of(what, Numbers.usd(amount, CENTS), note));
    }

    private void notes(CreditStatement statement) {
        Footnotes notes = new Footnotes();
        notes.add("USD, each rounded once, half-even; --json has them exact.");
        if (!statement.reloads().isEmpty()) {
            notes.add("~ The rule says that the vendor has reloaded; nobody has seen it. reckoner credits set puts the"
                    + " balance right.");
        }
        if (statement.pending() > 0) {
            notes.add("? " + Numbers.count(statement.pending()) + " exchanges are pending and not in it.");
        }
        if (statement.billedDays() == 0) {
            notes.add("What doesn't pass the proxy isn't in it until a reconciliation has pulled the bill.");
        }
        notes.print(shell);
    }

    private static String rule(@Nullable CreditNote rule) {
        if (rule == null || rule.amount() == null || rule.upTo() == null) {
            return "";
        }
        return " below " + Numbers.usd(rule.amount(), CENTS) + " to " + Numbers.usd(rule.upTo(), CENTS);
    }

    private static String perDay(CreditStatement statement) {
        BigDecimal perDay = statement.perDay();
        return perDay == null
                ? "not known yet"
                : Numbers.usd(perDay, CENTS) + " over the last 7 days, or since it was stated";
    }

    private static String lasts(CreditStatement statement) {
        Instant runsOut = statement.runsOut();
        if (statement.rule() != null) {
            return "as long as it is reloaded" + rule(statement.rule());
        }
        if (runsOut == null) {
            return "for as long as can be seen";
        }
        long days = Duration.between(statement.at(), runsOut).toDays();
        return "until " + LocalDate.ofInstant(runsOut, ZoneOffset.UTC) + ", " + counted(days, "day");
    }

    private static String warning(CreditStatement statement) {
        BigDecimal below = statement.warnBelow();
        if (below == null) {
            return "none; reckoner credits warn --below 50";
        }
        return "below " + Numbers.usd(below, CENTS) + (statement.low() ? ": it is below" : "");
    }

    private static String counted(long count, String one) {
        return Numbers.count(count) + " " + one + (count == 1 ? "" : "s");
    }

    static void json(PrintWriter out, CreditStatement statement) {
        Json.print(out, false, json -> write(json, statement));
    }

    private static void write(Json json, CreditStatement statement) throws IOException {
        json.field("at", statement.at());
        json.field("statedAt", statement.statedAt());
        json.field("stated", statement.stated());
        json.field("added", statement.added());
        json.field("topUps", statement.topUps());
        json.array("assumedReloads", list -> {
            for (CreditStatement.Reload reload : statement.reloads()) {
                list.object(one -> {
                    one.field("at", reload.at());
                    one.field("amount", reload.amount());
                });
            }
        });
        json.object("spent", spent -> {
            spent.field("billed", statement.billed());
            spent.field("billedDays", statement.billedDays());
            spent.field("billedDaysByOurBooks", statement.billedBooked());
            spent.field("otherwiseByOurBooks", statement.booked());
            spent.field("pendingExchanges", statement.pending());
        });
        json.field("remaining", statement.remaining());
        BigDecimal perDay = statement.perDay();
        json.field("perDay", perDay == null ? null : perDay.setScale(RATE_PLACES, RoundingMode.HALF_EVEN));
        json.field("runsOut", statement.runsOut());
        CreditNote rule = statement.rule();
        json.field("reloadBelow", rule == null ? null : rule.amount());
        json.field("reloadTo", rule == null ? null : rule.upTo());
        json.field("warnBelow", statement.warnBelow());
        json.field("low", statement.low());
    }
}
