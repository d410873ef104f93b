using System.CommandLine;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;

namespace Governance.Portal.Features.Storage;

/// <summary><c>governance keys list|rotate|drop|new</c>: the keys that wrap the key of each artefact.</summary>
internal static class KeysCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The key's name, as 'keys list' shows it." };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command keys = new("keys", "The keys that artefacts are encrypted under.");
        keys.Subcommands.Add(GovernanceCommand.Create(
            "list", "Name the keys and how many artefacts each opens.", ListAsync, DataOptions.Data, DataOptions.Connection));
        keys.Subcommands.Add(GovernanceCommand.Create(
            "rotate", "Make a new key and wrap the key of every artefact with it; goes on where an earlier rotation was ended.",
            RotateAsync, DataOptions.Data, DataOptions.Connection));
        keys.Subcommands.Add(GovernanceCommand.Create(
            "drop", "Take a retired key out of the key file, once no artefact needs it.", DropAsync,
            Name, DataOptions.Data, DataOptions.Connection));
        keys.Subcommands.Add(GovernanceCommand.Create(
            "new", $"Print a new key, to be put first into {KeyRing.Variable}.", NewAsync));
        return keys;
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        RotateKeys rotate = registry.GetRequiredService<RotateKeys>();
        IReadOnlyList<KeyUse> keys = await SystemRun.GuardAsync(() => Task.Run(rotate.List, cancellationToken));
        Write(context.People, keys);
        await context.WriteJsonAsync(new { keys }, cancellationToken);
        return 0;
    }

    private static async Task<int> RotateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        KeyRotation rotation = await SystemRun.GuardAsync(
            () => registry.GetRequiredService<RotateKeys>().RunAsync(null, cancellationToken));
        await context.People.WriteLineAsync(rotation.Resumed
            ? $"Finished an earlier rotation: {rotation.Rewrapped} artefacts wrapped with key {rotation.Active}."
            : $"New key {rotation.Active}; {rotation.Rewrapped} artefacts wrapped with it.");
        Write(context.People, rotation.Keys);
        context.Warn(new AuditWarning(
            "keep-old-keys", "Keep the key file with your other secrets: backups made before need the retired keys, and this one needs the new key."));
        await context.WriteJsonAsync(rotation, cancellationToken);
        return 0;
    }

    private static async Task<int> DropAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string name = context.Arguments.GetValue(Name)!;
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        Refusal? refusal = await SystemRun.GuardAsync(
            () => registry.GetRequiredService<RotateKeys>().DropAsync(name, cancellationToken));
        if (refusal is not null)
        {
            throw new InputException(refusal.Sentence);
        }

        await context.People.WriteLineAsync($"Key {name} is gone. Backups made while it was in use cannot be restored without a copy of it.");
        await context.WriteJsonAsync(new { dropped = name }, cancellationToken);
        return 0;
    }

    // The key itself goes to standard output alone and into no JSON: whoever asks wants to put it somewhere.
    private static async Task<int> NewAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Json is not null)
        {
            throw new InputException("A key is a secret: it is printed for you and written to no JSON.");
        }

        await context.People.WriteLineAsync(KeyRing.NewKey().AsMemory(), cancellationToken);
        return 0;
    }

    private static void Write(TextWriter people, IReadOnlyList<KeyUse> keys) => TextTable.Write(people,
    [
        ["key", "artefacts", "state"],
        .. keys.Select(key => (IReadOnlyList<string>)
            [key.Name, key.Artifacts.ToString(), !key.Held ? "missing" : key.Active ? "active" : "retired"]),
    ]);
}
