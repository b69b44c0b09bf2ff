package io.roomrouting.examples.chatroom;

import io.roomrouting.examples.Command;
import io.roomrouting.examples.admin.AdminListener;
import io.roomrouting.examples.admin.AdminSettings;
import io.roomrouting.examples.engines.EngineSettings;
import io.roomrouting.examples.session.RoomLimits;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.examples.settings.TlsSettings;
import io.roomrouting.examples.settings.TokenSettings;
import java.util.List;
import java.util.stream.Stream;

/** {@code chatroom}: accounts, chat and video calls for Socket.IO clients and the web client, on one port. */
public final class ChatroomCommand implements Command {

    @Override
    public String name() {
        return "chatroom";
    }

    @Override
    public String summary() {
        return "The chat room: accounts, history and video calls over Socket.IO; serves the web client.";
    }

    @Override
    public List<Setting<?>> settings() {
        return Stream.of(
                        TokenSettings.ofBackend(),
                        ChatroomSettings.ALL,
                        AdminSettings.all(),
                        TlsSettings.CLIENTS.all(),
                        CallSettings.ALL,
                        EngineSettings.ofDatabase(ChatroomSettings.DATABASE_URL),
                        EngineSettings.OF_REGISTRY,
                        RoomLimits.SETTINGS)
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    @Override
    public Running start(Settings settings) {
        AdminListener admin = AdminListener.in(settings, name());
        return admin.startBeside(ChatroomServer.start(settings, admin));
    }
}
