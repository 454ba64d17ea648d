package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.AdminKey;
import dev.reckoner.app.command.Shell;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Archive;
import dev.reckoner.reconcile.HourlyUsage;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.Restated;
import dev.reckoner.reconcile.vendor.AdminApi;
import dev.reckoner.reconcile.vendor.ApiKey;
import dev.reckoner.reconcile.vendor.BilledDays;
import dev.reckoner.reconcile.vendor.ClaudeCodePull;
import dev.reckoner.reconcile.vendor.ClaudeCodeRow;
import dev.reckoner.reconcile.vendor.Organization;
import dev.reckoner.reconcile.vendor.OrganizationPull;
import dev.reckoner.reconcile.vendor.Pull;
import dev.reckoner.reconcile.vendor.Pulled;
import dev.reckoner.reconcile.vendor.Waiter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** Asks the vendor for what a reconciliation needs, and keeps every page in the archive. */
final class AdminPull {

    /** How far clocks may be apart without a word. */
    private static final Duration SKEW_MAX = Duration.ofMinutes(2);

    private final Settings settings;
    private final Archive archive;
    private final Map<String, String> env;
    private final Clock clock;
    private final Consumer<String> progress;

    /**
     * A pull that begins when it is asked for.
     *
     * @param env may hold the Admin key
     * @param progress is told what is asked for, in a sentence
     */
    AdminPull(Settings settings, Archive archive, Map<String, String> env, Clock clock, Consumer<String> progress) {
        this.settings = settings;
        this.archive = archive;
        this.env = env;
        this.clock = clock;
        this.progress = progress;
    }

    /** A pull of a command's, which says on the error stream what is asked for. */
    AdminPull(Shell shell, Settings settings, Archive archive) {
        this(settings, archive, shell.env(), shell.clock(), sentence -> {
            shell.err().println(sentence);
            shell.err().flush();
        });
    }

    /** What the vendor lists of the organisation. */
    Organization organization() {
        ArchivedPages pages = pages("organization");
        Organization organization = new OrganizationPull(api(), pages, progress(pages)).all();
        pages.finish();
        return organization;
    }

    /** What Claude Code did on some days, and the keys that some of it is by. */
    ClaudeCode claudeCode(ReconcileRequest request) {
        AdminApi api = api();
        ArchivedPages pages = pages("claude_code " + request.from() + "/" + request.to());
        Consumer<String> progress = progress(pages);
        ClaudeCode code = new ClaudeCode(
                new ClaudeCodePull(api, pages, progress).days(request.from(), request.until(), clock.instant()),
                new Pull(api, pages, progress).keys());
        pages.finish();
        return code;
    }

    /** Claude Code's rows, and the organisation's keys. */
    record ClaudeCode(List<ClaudeCodeRow> rows, List<ApiKey> keys) {}

    private AdminApi api() {
        return new AdminApi(settings.reconcile().adminUrl(), AdminKey.of(settings, env), Waiter.real(), new Random());
    }

    /** The bill of some days. Its hours are asked for when they are wanted, as a pull of their own. */
    Pulled days(ReconcileRequest request) {
        AdminApi api = api();
        ArchivedPages pages = pages(request.from() + "/" + request.to());
        Pulled pulled = timed(api, pull(api, pages).days(request.from(), request.until()));
        progress.accept("Reading the ledger.");
        pages.finish();
        LocalDate complete = LocalDate.ofInstant(
                pulled.asOf(clock.instant()).minus(settings.reconcile().lag()), ZoneOffset.UTC);
        LocalDate until = complete.isBefore(request.until()) ? complete : request.until();
        List<Restated> restated = new BilledDays(archive).keep(request.from(), until, pulled.costs());
        return pulled.with(restated, days -> hours(api, days));
    }

    /** Says where this machine's clock is off: it decides the day of an exchange, and which days are complete. */
    private Pulled timed(AdminApi api, Pulled pulled) {
        Instant vendor = api.vendorTime();
        Duration ahead = vendor == null ? Duration.ZERO : Duration.between(vendor, clock.instant());
        return ahead.abs().compareTo(SKEW_MAX) <= 0
                ? pulled
                : pulled.noting("This machine's clock is " + ahead.abs().toMinutes() + " minutes "
                        + (ahead.isNegative() ? "behind" : "ahead of")
                        + " the vendor's. It decides the day of an exchange: set it right, or exchanges near midnight are"
                        + " booked on the wrong day.");
    }

    private Map<LocalDate, List<HourlyUsage>> hours(AdminApi api, Set<LocalDate> days) {
        if (days.isEmpty()) {
            return Map.of();
        }
        ArchivedPages pages = pages("hours " + Collections.min(days) + "/" + Collections.max(days));
        Map<LocalDate, List<HourlyUsage>> hours = pull(api, pages).hours(days);
        pages.finish();
        return hours;
    }

    private Pull pull(AdminApi api, ArchivedPages pages) {
        return new Pull(api, pages, progress(pages));
    }

    /** Says what the vendor is asked for, or that it isn't. */
    private Consumer<String> progress(ArchivedPages pages) {
        if (!pages.used()) {
            return this::asking;
        }
        progress.accept("Using what was pulled less than a minute ago; the vendor is asked once a minute.");
        return what -> {};
    }

    private ArchivedPages pages(String pull) {
        return new ArchivedPages(archive, pull, clock);
    }

    private void asking(String what) {
        progress.accept("Asking " + settings.reconcile().adminUrl() + " for the " + what + " ...");
    }
}
