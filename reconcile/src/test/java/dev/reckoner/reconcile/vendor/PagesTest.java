package dev.reckoner.reconcile.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Paging: to the last page, on from where a pull broke off, and never without an end. */
final class PagesTest {

    private static final Query QUERY = Query.of("/v1/organizations/cost_report");

    private final ScriptedApi vendor = new ScriptedApi();
    private final Pages pages =
            new Pages(new AdminApi(vendor.url(), "sk-ant-admin01-x", pause -> {}, new Random(1)), new MemoryPages());

    @AfterEach
    void stop() {
        vendor.close();
    }

    private static String page(String next) {
        return "{\"data\":[],\"has_more\":true,\"next_page\":\"" + next + "\"}";
    }

    @Test
    void report_followsNextPage() {
        vendor.then(200, page("page_2")).then(200, "{\"data\":[],\"has_more\":false,\"next_page\":null}");

        assertEquals(2, pages.ofReport(QUERY).size());
        assertEquals(List.of(QUERY.path(), QUERY.path() + "?page=page_2"), vendor.asked);
    }

    @Test
    void listing_followsLastId() {
        vendor.then(200, "{\"data\":[],\"has_more\":true,\"last_id\":\"apikey_7\"}")
                .then(200, "{\"data\":[],\"has_more\":false,\"last_id\":\"apikey_9\"}");

        assertEquals(2, pages.ofListing(QUERY).size());
        assertEquals(QUERY.path() + "?after_id=apikey_7", vendor.asked.get(1));
    }

    @Test
    void pullThatBrokeOff_goesOnFromTheKeptPages() {
        vendor.then(200, page("page_2")).then(403, "{}");
        assertThrows(AdminApiException.class, () -> pages.ofReport(QUERY));
        vendor.then(200, "{\"data\":[],\"has_more\":false}");

        assertEquals(2, pages.ofReport(QUERY).size());
        assertEquals(3, vendor.asked.size());
    }

    @Test
    void expiredCursor_beginsAnew_withoutTheKeptPages() {
        vendor.then(200, page("page_2")).then(410, "{}");
        vendor.then(200, page("page_3")).then(200, "{\"data\":[],\"has_more\":false}");

        assertEquals(2, pages.ofReport(QUERY).size());
        assertEquals(QUERY.path() + "?page=page_3", vendor.asked.get(3));
    }

    @Test
    void cursorThatAlwaysExpires_isGivenUp() {
        for (int i = 0; i < 4; i++) {
            vendor.then(200, page("page_" + i)).then(410, "{}");
        }

        String message = assertThrows(AdminApiException.class, () -> pages.ofReport(QUERY))
                .getMessage();
        assertTrue(String.valueOf(message).contains("expired 4 times"), message);
    }

    @Test
    void cursorThatComesAgain_isRefused() {
        vendor.then(200, page("page_2")).then(200, page("page_2"));

        String message = assertThrows(AdminApiException.class, () -> pages.ofReport(QUERY))
                .getMessage();
        assertTrue(String.valueOf(message).contains("it would never end"), message);
    }

    @Test
    void moreWithoutACursor_isRefused() {
        vendor.then(200, "{\"data\":[],\"has_more\":true}");

        String message = assertThrows(AdminApiException.class, () -> pages.ofReport(QUERY))
                .getMessage();
        assertTrue(String.valueOf(message).contains("doesn't name the next one"), message);
    }
}
