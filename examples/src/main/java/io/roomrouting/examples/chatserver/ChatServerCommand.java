package io.roomrouting.examples.chatserver;

import io.roomrouting.examples.Command;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import java.util.List;

/** {@code chatserver}: named chat rooms, each on a port of its own, for load balancers and operators. */
public final class ChatServerCommand implements Command {

    @Override
    public String name() {
        return "chatserver";
    }

    @Override
    public String summary() {
        return "The chat server: rooms on ports of their own, with an interface for operators.";
    }

    @Override
    public List<Setting<?>> settings() {
        return ChatServerSettings.ALL;
    }

    @Override
    public Running start(Settings settings) {
        return ChatServer.start(settings);
    }
}
