package dev.reckoner.simulator.admin;

import dev.reckoner.simulator.Counts;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The handle on the simulator's Admin side: feed it receipts, plant causes of difference, read its own bill. What goes
 * through the Messages side is billed by itself. Thread-safe.
 */
public final class Admin {
    private final Organization organization;
    private final ClaudeCodeReport claudeCode;
    private final AdminDesk desk;

    /**
     * Wires one organization.
     *
     * @param key the one Admin key that is known, null for any of the vendor's form
     * @param lag how long after its end a receipt is shown
     */
    public Admin(
            String organizationId,
            String defaultWorkspaceId,
            List<Offer> offers,
            Clock clock,
            @Nullable String key,
            Duration lag) {
        Map<String, Offer> byModel = new LinkedHashMap<>();
        offers.forEach(offer -> byModel.put(offer.model(), offer));
        Books books = new Books(lag);
        Tariff tariff = new Tariff(byModel);
        organization = new Organization(
                organizationId,
                defaultWorkspaceId,
                byModel,
                clock,
                books,
                tariff,
                new Billing(books, tariff, clock),
                new Directory(clock),
                new Paging());
        claudeCode = new ClaudeCodeReport(organization);
        desk = new AdminDesk(organization, claudeCode, key);
    }

    /** What answers the requests. */
    public AdminDesk desk() {
        return desk;
    }

    // What is billed.

    /** Bills receipts; their terms must be on offer. */
    public void add(Billable receipts) {
        organization.books().add(receipts.with(settled(receipts.terms())));
    }

    /** Bills the message that a key was used for, and lists the key. */
    public void add(String secret, Instant start, Instant end, Terms terms, Counts counts) {
        add(new Billable(start, end, under(secret, terms), 1, counts));
    }

    /** Bills what a source has whenever a report is read. */
    public void alsoBill(Supplier<List<Billable>> source) {
        organization
                .books()
                .source(() -> source.get().stream()
                        .map(receipts -> receipts.with(settled(receipts.terms())))
                        .toList());
    }

    /** Terms under a key and its workspace; a key that is new is listed. */
    public Terms under(String secret, Terms terms) {
        Directory.ApiKey key = organization.directory().key(secret);
        return terms.key(key.id()).workspace(key.workspaceId());
    }

    /** Bills receipts of a key that never used the proxy. */
    public void bypassed(Billable receipts) {
        add(receipts.with(receipts.terms().planted(Planted.BYPASSED)));
    }

    /** Bills Workbench traffic. */
    public void console(Billable receipts) {
        Terms terms = receipts.terms().key(null).product("claude_console");
        add(receipts.with(terms.planted(Planted.CONSOLE)));
    }

    /** Shows receipts in the usage report that cost nothing. */
    public void notBilled(Billable receipts) {
        add(receipts.with(receipts.terms().planted(Planted.NOT_BILLED)));
    }

    /** Shows receipts in the usage report at the priority tier, whose cost is in no report. */
    public void priority(Billable receipts) {
        add(receipts.with(receipts.terms().tier(Terms.PRIORITY)));
    }

    /** Bills receipts that the reports show from an instant on, so that a bucket is late or restated. */
    public void late(Billable receipts, Instant shownFrom) {
        add(receipts.shownFrom(shownFrom));
    }

    /** Bills hours of containers beyond the free ones, in a workspace or the default one. */
    public void container(Instant at, @Nullable String workspaceId, BigDecimal hours) {
        Terms terms = Terms.ofTime(workspaceId, Planted.CONTAINER);
        organization.books().add(new Time(at, terms, CostType.CODE_EXECUTION, hours));
    }

    /** Bills running time of agent sessions. */
    public void sessionTime(Instant at, @Nullable String workspaceId, BigDecimal hours) {
        Terms terms = Terms.ofTime(workspaceId, Planted.SESSION_TIME);
        organization.books().add(new Time(at, terms, CostType.SESSION_USAGE, hours));
    }

    /** Adds a row to the Claude Code report; it is billed nowhere. */
    public void claudeCode(ClaudeCodeDay day) {
        claudeCode.add(day);
    }

    // How it is billed.

    /** Charges a price of one's own. */
    public void price(PriceChange change) {
        organization.tariff().change(change);
    }

    /** Charges a share of every amount from a day on; 0.9 is ten percent off. */
    public void discount(LocalDate from, BigDecimal factor) {
        organization.tariff().discount(from, factor);
    }

    /** Which instant decides the bucket; the end unless told. */
    public void boundary(Boundary boundary) {
        organization.books().boundary(boundary);
    }

    /** How long after its end a receipt is shown. */
    public void lag(Duration lag) {
        organization.books().lag(lag);
    }

    // Who is there.

    /** Lists a key and gives its id; a key that is listed gets this name and workspace. */
    public String key(String name, String secret, @Nullable String workspaceId) {
        return organization.directory().key(name, secret, workspaceId).id();
    }

    /** Makes a key {@code inactive}, {@code expired} or {@code archived}. */
    public void keyStatus(String id, String status) {
        organization.directory().status(id, status);
    }

    /** The workspace of a key, by its real id. */
    public String workspaceOf(String secret) {
        String workspace = organization.directory().workspaceOf(secret);
        return workspace == null ? organization.defaultWorkspaceId() : workspace;
    }

    /** Lists a workspace and gives its id. */
    public String workspace(String name) {
        return organization.directory().workspace(name, false).id();
    }

    /** Lists a workspace that is no longer in use. */
    public String archivedWorkspace(String name) {
        return organization.directory().workspace(name, true).id();
    }

    /** Lists a user and gives its id. */
    public String user(String email, String name) {
        return organization.directory().user(email, name).id();
    }

    /** Gives a workspace a rate limit of its own, such as {@code requests_per_minute} of a model. */
    public void workspaceLimit(String workspaceId, String model, String type, long value) {
        organization.directory().ownLimit(new Directory.OwnLimit(workspaceId, model, type, value));
    }

    // What goes wrong; statuses, cut bodies and HTML pages are faults of the simulator.

    /** What the key may do. */
    public void access(Access access) {
        desk.access(access);
    }

    /** Whether the key may use the analytics endpoints. */
    public void analytics(boolean allowed) {
        desk.analytics(allowed);
    }

    /** Answers the cursors handed out so far with 410. */
    public void expireCursors() {
        organization.paging().expire();
    }

    /** Makes pages shorter than asked for. */
    public void pageRowsMax(int rows) {
        organization.paging().rowsMax(rows);
    }

    /** Makes every page name a next one. */
    public void endlessPages(boolean endless) {
        organization.paging().endless(endless);
    }

    // What it comes to.

    /** The bill by days as the reports show it now, line by line. */
    public List<BillLine> bill(Instant from, Instant until) {
        return organization.billing().lines(from, until, Width.DAY);
    }

    /** The sum of the bill as the reports show it now. */
    public BigDecimal total(Instant from, Instant until) {
        return bill(from, until).stream().map(BillLine::amountUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * How much each plant moves the bill away from the published prices of all ordinary receipts, shown or not. Planted
     * receipts count whole, at what is billed; a price change counts before the discount.
     */
    public Map<Planted, BigDecimal> effects(Instant from, Instant until) {
        return organization.billing().effects(from, until);
    }

    private Terms settled(Terms terms) {
        Offer offer = terms.model() == null ? null : organization.offers().get(terms.model());
        if (offer == null) {
            throw new IllegalArgumentException("model " + terms.model() + " is not on offer");
        }
        offer.expectServes(terms);
        return terms.settled(offer.regional());
    }
}
