package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Playwright;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.browser.BrowserTest;
import io.roomrouting.examples.browser.TurnServerTest;
import io.roomrouting.examples.demo.DemoCommand;
import io.roomrouting.examples.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People call each other with the web client, each in a browser with a camera. */
@BrowserTest
class CallIT {

    /** From closing a window to the end of the call in the other one. */
    private static final Duration CLOSED = Duration.ofSeconds(5);

    private static Playwright playwright;
    private static Browser hers;
    private static Browser his;

    @TempDir
    Path directory;

    @BeforeAll
    static void startBrowsers() {
        playwright = Chromium.playwright();
        hers = Chromium.startForCalls(playwright);
        his = Chromium.startForCalls(playwright);
    }

    @AfterAll
    static void stopBrowsers() {
        playwright.close();
    }

    @Test
    void usersOfAChatRoomRegisterChatAndCallEachOther() {
        try (ChatroomInstance server = ChatroomInstance.start(directory, Map.of());
                BrowserContext herWindow = window(hers);
                BrowserContext hisWindow = window(his);
                BrowserContext thirdWindow = window(hers)) {
            CallPage alice = CallPage.in(herWindow);
            CallPage bob = CallPage.in(hisWindow);
            CallPage carol = CallPage.in(thirdWindow);

            alice.chat().open(server.url());
            alice.chat().register("alice", ChatroomInstance.PASSWORD);
            alice.chat().createRoom();
            server.register("bob");
            bob.chat().open(alice.chat().url());
            bob.chat().enter("bob", "not his password");
            bob.chat().assertError("wrong");
            bob.chat().enter("bob", ChatroomInstance.PASSWORD);
            carol.chat().open(alice.chat().url());
            carol.chat().register("carol", ChatroomInstance.PASSWORD);
            callEachOther(alice, bob, carol, "chatroom");
        }
    }

    @Test
    void peopleWithNothingButANameCallEachOtherToo() {
        String port = FreePorts.next();
        Command.Running demo = new DemoCommand()
                .start(Settings.of(Map.of(
                        "PORT",
                        port,
                        "SESSION_PORT_1",
                        FreePorts.next(),
                        "SESSION_PORT_2",
                        FreePorts.next(),
                        "BIND_ADDRESS",
                        "localhost")));
        try (BrowserContext herWindow = window(hers);
                BrowserContext hisWindow = window(his);
                BrowserContext thirdWindow = window(hers)) {
            CallPage alice = CallPage.in(herWindow);
            CallPage bob = CallPage.in(hisWindow);
            CallPage carol = CallPage.in(thirdWindow);

            alice.chat().open("http://localhost:" + port);
            alice.chat().logIn("alice");
            alice.chat().createRoom();
            for (CallPage guest : List.of(bob, carol)) {
                guest.chat().open(alice.chat().url());
                guest.chat().logIn(guest == bob ? "bob" : "carol");
            }
            callEachOther(alice, bob, carol, "demo");
        } finally {
            demo.close();
        }
    }

    @Test
    @TurnServerTest
    void aCallThatMayUseRelaysOnlyGoesThroughThem() throws Exception {
        try (TurnServer relay = TurnServer.start(directory);
                ChatroomInstance server = ChatroomInstance.start(directory, relay.settings());
                BrowserContext herWindow = window(hers);
                BrowserContext hisWindow = window(his)) {
            CallPage alice = CallPage.in(herWindow);
            CallPage bob = CallPage.in(hisWindow);
            alice.chat().open(server.url() + "?relay=1");
            alice.chat().register("alice", ChatroomInstance.PASSWORD);
            alice.chat().createRoom();
            bob.chat().open(alice.chat().url() + "?relay=1");
            bob.chat().register("bob", ChatroomInstance.PASSWORD);
            alice.chat().assertPresent("alice", "bob");

            alice.call("bob");
            bob.assertRings("alice");
            bob.answer();

            alice.assertState("live");
            bob.assertState("live");
            alice.assertSeesMotion(10);
            bob.assertSeesMotion(10);
            alice.assertWay("relay/relay");
            bob.assertWay("relay/relay");
        }
    }

    private static void callEachOther(CallPage alice, CallPage bob, CallPage carol, String where) {
        alice.chat().assertPresent("alice", "bob", "carol");
        alice.chat().say("May I call you?");
        bob.chat().assertSays("alice", "May I call you?");

        alice.call("bob");
        alice.assertState("calling");
        bob.assertRings("alice");
        bob.chat().screenshot(where + "-call-1-ringing");
        bob.decline();
        bob.assertNoCall();
        alice.assertEnded("bob declined the call");

        alice.call("bob");
        bob.assertRings("alice");
        bob.answer();
        alice.assertState("live");
        bob.assertState("live");
        alice.assertSeesMotion(20);
        bob.assertSeesMotion(20);
        alice.chat().screenshot(where + "-call-2-live");

        carol.call("bob");
        carol.assertEnded("bob is in another call");

        bob.switchCamera();
        alice.assertSeesNoPicture();
        bob.chat().goOffline();
        bob.switchCamera();
        bob.chat().goOnline();
        bob.chat().assertResumed();
        alice.assertSeesMotion(5);
        assertThat(alice.chat().framesWith("\"renegotiation\":true")).hasSizeGreaterThanOrEqualTo(2);
        alice.assertState("live");

        alice.hangUp();
        alice.assertEnded("You ended the call");
        bob.assertEnded("alice ended the call");

        bob.call("alice");
        alice.assertRings("bob");
        alice.answer();
        alice.assertState("live");
        bob.assertState("live");
        bob.close();
        alice.assertEnded("bob ended the call", CLOSED);
    }

    /** A window of a user of its own, who lets the page use camera and microphone. */
    private static BrowserContext window(Browser browser) {
        return browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setPermissions(List.of("camera", "microphone")));
    }
}
