package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import io.roomrouting.examples.browser.BrowserTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people use the web client: one at a desk, one with a phone. */
@BrowserTest
class BrowserIT {

    private static final Browser.NewContextOptions DESK = new Browser.NewContextOptions().setViewportSize(1280, 800);
    private static final Browser.NewContextOptions PHONE = new Browser.NewContextOptions()
            .setViewportSize(390, 844)
            .setDeviceScaleFactor(2)
            .setIsMobile(true)
            .setHasTouch(true);

    /** A host that was killed is believed dead once its lease has ended, or when it answers as a new life. */
    private static final Duration RESTART = Duration.ofSeconds(30);

    private static final Duration STOP = Duration.ofSeconds(20);

    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    Path directory;

    @BeforeAll
    static void startBrowser() {
        playwright = Chromium.playwright();
        browser = Chromium.start(playwright);
    }

    @AfterAll
    static void stopBrowser() {
        playwright.close();
    }

    @Test
    void twoPeopleMeetChatPartAndComeBackAfterTheirHostWasRestarted() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 1);
                var desk = browser.newContext(DESK);
                var phone = browser.newContext(PHONE)) {
            ChatPage alice = new ChatPage(desk.newPage());
            ChatPage bob = new ChatPage(phone.newPage());

            alice.open(cluster.page());
            alice.screenshot("desktop-1-login");
            alice.logIn("alice");
            alice.screenshot("desktop-2-lobby");
            String room = alice.createRoom();
            alice.say("Anybody here?");
            alice.assertSays("alice", "Anybody here?");

            bob.open(alice.url());
            bob.screenshot("phone-1-login");
            bob.logIn("bob");
            bob.assertConnection("open");
            bob.assertSays("alice", "Anybody here?");
            alice.assertPresent("alice", "bob");
            bob.say("Yes, on my phone.");
            alice.assertSays("bob", "Yes, on my phone.");
            alice.screenshot("desktop-3-room");
            bob.screenshot("phone-2-room");

            bob.leave();
            bob.screenshot("phone-3-lobby");
            alice.assertPresent("alice");
            bob.join(room);
            bob.assertConnection("open");
            alice.assertPresent("alice", "bob");

            String host = cluster.hosts().get(0);
            cluster.session(host).kill();
            alice.assertConnection("reconnecting");
            alice.screenshot("desktop-4-reconnecting");
            cluster.startSession(host);
            alice.assertConnection("open", RESTART);
            bob.assertConnection("open", RESTART);
            alice.say("Back again.");
            bob.assertSays("alice", "Back again.");
            alice.screenshot("desktop-5-reconnected");
            bob.screenshot("phone-4-reconnected");
        }
    }

    @Test
    void aConnectionThatBreaksIsTakenUpAgainAndTheOthersDoNotNotice() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 1);
                var hers = browser.newContext(DESK);
                var his = browser.newContext(DESK)) {
            ChatPage alice = new ChatPage(hers.newPage());
            ChatPage bob = new ChatPage(his.newPage());
            String room = cluster.awaitRoomOn(cluster.hosts().get(0));
            enter(alice, cluster, room, "alice");
            enter(bob, cluster, room, "bob");
            alice.say("Through the tunnel now.");
            bob.assertSays("alice", "Through the tunnel now.");

            alice.goOffline();
            alice.assertConnection("reconnecting");
            bob.say("See you on the other side.");
            alice.say("Hello?");
            alice.goOnline();

            alice.assertResumed();
            List<String> all = List.of("Through the tunnel now.", "See you on the other side.", "Hello?");
            assertThat(alice.messages(3)).containsExactlyInAnyOrderElementsOf(all);
            assertThat(bob.messages(3)).containsExactlyElementsOf(all);
            alice.assertConnection("open");
            assertThat(alice.framesWith("message_history")).hasSize(1);
            assertThat(bob.framesWith("user_left")).isEmpty();
            assertThat(bob.framesWith("user_joined")).isEmpty();
        }
    }

    @Test
    void aRoomWhoseHostStopsGoesOnElsewhereAndNobodyMissesAWord() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 2);
                var hers = browser.newContext(DESK);
                var his = browser.newContext(DESK)) {
            ChatPage alice = new ChatPage(hers.newPage());
            ChatPage bob = new ChatPage(his.newPage());
            String host = cluster.hosts().get(0);
            String room = cluster.awaitRoomOn(host);
            enter(alice, cluster, room, "alice");
            enter(bob, cluster, room, "bob");
            alice.say("Before.");
            bob.assertSays("alice", "Before.");

            cluster.session(host).terminate();
            bob.say("While it stops.");
            alice.awaitBreak();
            alice.say("While it moves.");
            alice.assertResumed();
            bob.assertResumed();
            bob.say("After.");

            assertThat(alice.messages(4))
                    .containsExactlyInAnyOrder("Before.", "While it stops.", "While it moves.", "After.");
            assertThat(bob.messages(4)).containsExactlyInAnyOrderElementsOf(alice.messages(4));
            bob.assertPresent("alice", "bob");
            for (ChatPage page : List.of(alice, bob)) {
                page.assertHost(cluster.hosts().get(1));
                assertThat(page.framesWith("message_history")).hasSize(1);
                assertThat(page.framesWith("user_left")).isEmpty();
            }
            assertThat(cluster.session(host).awaitExit(STOP)).isEqualTo(143);
        }
    }

    private static void enter(ChatPage page, Cluster cluster, String room, String user) {
        page.open(cluster.page() + "/r/" + room);
        page.logIn(user);
        page.assertConnection("open");
    }

    @Test
    void aRoomThatDoesNotExistIsToldInWords() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 1);
                var desk = browser.newContext(DESK)) {
            ChatPage alice = new ChatPage(desk.newPage());
            alice.open(cluster.page());
            alice.logIn("alice");
            alice.join("no-such-room");

            alice.assertError("room");
            alice.screenshot("desktop-6-unknown-room");
        }
    }
}
