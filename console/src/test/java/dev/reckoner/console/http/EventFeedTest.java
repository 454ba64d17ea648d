package dev.reckoner.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.console.http.EventFeed.Event;
import dev.reckoner.console.http.EventFeed.Pace;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EventFeedTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger asked = new AtomicInteger();
    private boolean room = true;
    private boolean allowed = true;
    private int id = 1;

    private final EventFeed feed = new EventFeed(
            () -> {
                asked.incrementAndGet();
                return new Event(String.valueOf(id), "books", "{}");
            },
            work -> {
                if (room) {
                    work.run();
                }
                return room;
            },
            channel.eventLoop(),
            Pace.USUAL);

    EventFeedTest() {
        channel.freezeTime();
    }

    @Test
    void follower_new_isToldAtOnceThenOnlyWhatIsNew() {
        follow("");
        assertEquals("id: 1\nevent: books\ndata: {}\n\n", written());
        pass(Duration.ofSeconds(5));
        assertEquals("", written());
        id = 2;
        pass(Duration.ofSeconds(1));
        assertEquals("id: 2\nevent: books\ndata: {}\n\n", written());
    }

    @Test
    void booksMovingAllTheTime_areToldOncePerSecond() {
        follow("");
        written();
        for (int i = 0; i < 100; i++) {
            id++;
            pass(Duration.ofMillis(100));
        }
        assertEquals(10, written().split("event: ", -1).length - 1);
    }

    @Test
    void silence_of15Seconds_isBrokenByAComment() {
        follow("");
        written();
        pass(Duration.ofSeconds(14));
        assertEquals("", written());
        pass(Duration.ofSeconds(2));
        assertEquals(":\n\n", written());
        pass(Duration.ofSeconds(15));
        assertEquals(":\n\n", written());
    }

    @Test
    void follower_thatTakesNothing_isLetGo() {
        follow("");
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        id = 2;
        pass(Duration.ofSeconds(1));
        assertFalse(channel.isOpen());
        assertTrue(feed.hasRoom());
    }

    @Test
    void follower_notAllowedAnyMore_isLetGoWithoutAWord() {
        follow("");
        written();
        allowed = false;
        id = 2;
        pass(Duration.ofSeconds(1));
        assertFalse(channel.isOpen());
        assertEquals("", written());
    }

    @Test
    void lastFollowerGone_nothingIsAsked() {
        follow("");
        channel.close().syncUninterruptibly();
        pass(Duration.ofSeconds(2));
        int before = asked.get();
        pass(Duration.ofMinutes(1));
        assertEquals(before, asked.get());
    }

    @Test
    void workerWithoutRoom_isAskedAgain() {
        room = false;
        follow("");
        assertEquals("", written());
        room = true;
        pass(Duration.ofSeconds(1));
        assertEquals("id: 1\nevent: books\ndata: {}\n\n", written());
    }

    @Test
    void followersComingAndGoing_neverMakeItAskFaster() {
        follow("");
        for (int i = 0; i < 20; i++) {
            EmbeddedChannel other = new EmbeddedChannel();
            feed.follow(other, "", () -> true);
            other.close().syncUninterruptibly();
        }
        int before = asked.get();
        pass(Duration.ofSeconds(10));
        assertEquals(10, asked.get() - before);
    }

    private void follow(String seen) {
        feed.follow(channel, seen, () -> allowed);
        channel.runPendingTasks();
    }

    private void pass(Duration time) {
        long steps = time.toMillis() / 100;
        for (long i = 0; i < steps; i++) {
            channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }

    private String written() {
        StringBuilder text = new StringBuilder();
        for (HttpContent content = channel.readOutbound(); content != null; content = channel.readOutbound()) {
            text.append(content.content().toString(UTF_8));
            content.release();
        }
        return text.toString();
    }
}
