package io.roomrouting.examples;

import io.roomrouting.examples.backend.BackendCommand;
import io.roomrouting.examples.chatroom.ChatroomCommand;
import io.roomrouting.examples.chatserver.ChatServerCommand;
import io.roomrouting.examples.conformance.ConformanceCommand;
import io.roomrouting.examples.demo.DemoCommand;
import io.roomrouting.examples.hathora.FakeHathoraCommand;
import io.roomrouting.examples.hms.FakeHmsCommand;
import io.roomrouting.examples.hms.HmsCommand;
import io.roomrouting.examples.loadbalancer.LoadBalancerCommand;
import io.roomrouting.examples.session.SessionCommand;
import io.roomrouting.examples.settings.Settings;
import java.nio.file.Path;
import java.util.List;

/** The entry point of the runnable jar. */
public final class Main {

    private static final List<Command> COMMANDS = List.of(
            new DemoCommand(),
            new BackendCommand(),
            new SessionCommand(),
            new ChatroomCommand(),
            new ChatServerCommand(),
            new LoadBalancerCommand(),
            new ConformanceCommand(),
            new FakeHathoraCommand(),
            new HmsCommand(),
            new FakeHmsCommand());

    private Main() {}

    /**
     * Runs a command until the process is asked to end.
     *
     * @param arguments the command's name, or {@code --help}
     */
    public static void main(String[] arguments) {
        CommandLine commandLine = new CommandLine(
                COMMANDS,
                () -> Settings.load(System.getenv(), Path.of("")),
                Main::stopWithTheProcess,
                System.out,
                System.err);
        int code = commandLine.run(List.of(arguments));
        if (code != CommandLine.OK) {
            System.exit(code);
        }
    }

    private static void stopWithTheProcess(Command.Running running) {
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
    }
}
