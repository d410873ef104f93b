using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Storage;
using Governance.Registry.Ledger;
using Governance.Registry.Signatures;

namespace Governance.Portal.Features.Signatures;

/// <summary><c>governance publisher-key add|list|withdraw</c>: the keys whose signatures on models are trusted.</summary>
internal static class PublisherKeyCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "Whose key it is." };

    private static readonly Option<string> Key = new("--key")
    {
        Description = "The public key: ECDSA on P-256, P-384 or P-521.", HelpName = "PUB.pem", Required = true,
    };

    private static readonly Argument<string> Fingerprint = new("FINGERPRINT") { Description = "As 'publisher-key list' shows it; its first digits do." };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command keys = new("publisher-key", "Keys of publishers whose signatures are trusted.");
        keys.Subcommands.Add(GovernanceCommand.Create(
            "add", "Trust a public key from now on.", AddAsync, Name, Key, DataOptions.Data, DataOptions.Connection));
        keys.Subcommands.Add(GovernanceCommand.Create(
            "list", "Name the keys that are or were trusted.", ListAsync, DataOptions.Data, DataOptions.Connection));
        keys.Subcommands.Add(GovernanceCommand.Create(
            "withdraw", "Trust a key no more.", WithdrawAsync, Fingerprint, DataOptions.Data, DataOptions.Connection));
        return keys;
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string pem = Encoding.UTF8.GetString(await UserFiles.ReadAsync(context.Arguments.GetValue(Key)!, cancellationToken));
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        return await TellAsync(context, await registry.GetRequiredService<ManagePublisherKeys>().AddAsync(
            Actor.System, context.Arguments.GetValue(Name), pem, cancellationToken), "Trusted from now on", cancellationToken);
    }

    private static async Task<int> WithdrawAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string given = context.Arguments.GetValue(Fingerprint)!;
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        ManagePublisherKeys manage = registry.GetRequiredService<ManagePublisherKeys>();
        PublisherKey[] meant = [.. (await manage.ListAsync(cancellationToken))
            .Where(key => key.WithdrawnAt is null && given.Length >= 6 && key.Fingerprint.Hex.StartsWith(given, StringComparison.OrdinalIgnoreCase))];
        return meant.Length == 1
            ? await TellAsync(context, await manage.WithdrawAsync(Actor.System, meant[0].Id, cancellationToken), "Trusted no more", cancellationToken)
            : throw new InputException(meant.Length == 0 ? $"No trusted key's fingerprint begins with '{given}' (six digits at least)." : $"Several keys' fingerprints begin with '{given}'.");
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        IReadOnlyList<PublisherKey> keys = await registry.GetRequiredService<ManagePublisherKeys>().ListAsync(cancellationToken);
        TextTable.Write(context.People,
        [
            ["publisher", "fingerprint", "state"],
            .. keys.Select(key => (IReadOnlyList<string>)[key.Name, key.Fingerprint.Hex, key.WithdrawnAt is null ? "trusted" : "withdrawn"]),
        ]);
        await context.WriteJsonAsync(
            new { keys = keys.Select(key => new { key.Name, fingerprint = key.Fingerprint.Hex, key.Pem, key.AddedAt, key.WithdrawnAt }) }, cancellationToken);
        return 0;
    }

    private static async Task<int> TellAsync(
        CommandContext context, PublisherKeyOutcome outcome, string what, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case PublisherKeyOutcome.Changed { Key: var key }:
                await context.People.WriteLineAsync($"{what}: {key.Name}, {key.Fingerprint.Hex}");
                await context.WriteJsonAsync(new { key.Name, fingerprint = key.Fingerprint.Hex, trusted = key.WithdrawnAt is null }, cancellationToken);
                return 0;
            case PublisherKeyOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }
}
