using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Storage;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;

namespace Governance.Portal.Features.Ledger;

/// <summary><c>governance signing-keys list|rotate|export</c>: the keys that checkpoints and decisions are signed with.</summary>
internal static class SigningKeysCommand
{
    private static readonly Option<string> Out = new("--out") { Description = "The file for the public key that signs now.", HelpName = "PUB.pem", Required = true };

    private static readonly Option<bool> Yes = new("--yes") { Description = "Confirms it: the old private key is destroyed.", Required = true };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command keys = new("signing-keys", "The keys that checkpoints and decisions are signed with.");
        keys.Subcommands.Add(GovernanceCommand.Create(
            "list", "Name every key that signed, now or once.", ListAsync, DataOptions.Data, DataOptions.Connection));
        keys.Subcommands.Add(GovernanceCommand.Create(
            "rotate", "Make a new key; a checkpoint signed by both hands over, then the old private key is destroyed.", RotateAsync,
            Yes, CheckpointFlags.File, DataOptions.Data, DataOptions.Connection));
        keys.Subcommands.Add(GovernanceCommand.Create(
            "export", "Write the public key that signs now, for whoever verifies.", ExportAsync, Out, DataOptions.Data, DataOptions.Connection));
        return keys;
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using ServiceProvider services = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        IReadOnlyList<SigningKeyRecord> keys = await services.GetRequiredService<CheckpointQueries>().KeysAsync(cancellationToken);
        TextTable.Write(context.People,
        [
            ["fingerprint", "since", "state"],
            .. keys.Select(key => (IReadOnlyList<string>)
                [key.Fingerprint.Hex, Day(key.Since), key.RetiredAt is DateTimeOffset at ? $"retired {Day(at)}" : "signs"]),
        ]);
        await context.WriteJsonAsync(
            new { keys = keys.Select(key => new { fingerprint = key.Fingerprint.Hex, key.Since, key.RetiredAt, key.Pem }) }, cancellationToken);
        return 0;
    }

    private static async Task<int> RotateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        CheckpointOptions places = new() { File = context.Arguments.GetValue(CheckpointFlags.File) };
        await using ServiceProvider services = await SystemRun.OpenAsync(context.Arguments, cancellationToken, places);
        KeyRotationOutcome outcome = await SystemRun.GuardAsync(
            () => services.GetRequiredService<RotateSigningKey>().RunAsync(Actor.System, cancellationToken));
        switch (outcome)
        {
            case KeyRotationOutcome.Rotated { Handover: SealOutcome.Sealed { Checkpoint: var checkpoint }, Key: var key }:
                await services.GetRequiredService<DeliverCopies>().RunAsync(now: true, cancellationToken);
                await context.People.WriteLineAsync($"Key {key.Fingerprint.Hex} signs; the checkpoint over {checkpoint.Size} entries bears both signatures. Give witnesses the new public key.");
                await context.WriteJsonAsync(new { fingerprint = key.Fingerprint.Hex, pem = key.Pem, size = checkpoint.Size }, cancellationToken);
                return 0;
            case KeyRotationOutcome.Rotated { Handover: SealOutcome.Refused { Sentence: var sentence } }:
                await context.People.WriteLineAsync($"A new key was made, but nothing was signed with it: {sentence}");
                await context.WriteJsonAsync(new { fault = sentence }, cancellationToken);
                return 1;
            case KeyRotationOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> ExportAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string path = context.Arguments.GetValue(Out)!;
        UserFiles.RefuseUnwritable(path);
        await using ServiceProvider services = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        IReadOnlyList<SigningKeyRecord> keys = await SystemRun.GuardAsync(
            () => services.GetRequiredService<RecordSigningKeys>().RunAsync(cancellationToken));
        SigningKeyRecord key = keys.Last(each => each.RetiredAt is null);
        await UserFiles.WriteAsync(path, System.Text.Encoding.ASCII.GetBytes(key.Pem), cancellationToken);
        await context.People.WriteLineAsync($"{path}: {key.Fingerprint.Hex}");
        await context.WriteJsonAsync(new { path, fingerprint = key.Fingerprint.Hex }, cancellationToken);
        return 0;
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) + " UTC";
}
