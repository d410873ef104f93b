using System.CommandLine;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;

namespace Governance.Portal.Features.Ledger;

/// <summary><c>governance verify</c>: an exported ledger or an evidence pack, with nothing but a public key and a kept checkpoint.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Target = new("FILE") { Description = "A ledger from 'governance ledger export', or an evidence pack." };

    private static readonly Option<string[]> Key = new("--key")
    {
        Description = "The installation's public key, got by another way than the file; more than one for keys that were rotated.", HelpName = "PUB.pem", Required = true,
    };

    private static readonly Option<string[]> Kept = new("--checkpoint")
    {
        Description = "A file of signed checkpoints that you kept: what a rewritten ledger cannot satisfy.", HelpName = "FILE",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "verify", "Verify an exported ledger or an evidence pack offline; exit code 1 where it does not hold.", RunAsync, Target, Key, Kept);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        List<InstallationKey> keys = [];
        foreach (string file in context.Arguments.GetValue(Key)!)
        {
            keys.Add(await CheckpointFlags.KeyAsync(file, cancellationToken));
        }

        IReadOnlyList<string> kept = await LedgerCommand.NotesAsync(context.Arguments.GetValue(Kept) ?? [], cancellationToken);
        string path = context.Arguments.GetValue(Target)!;
        await using FileStream stream = UserFiles.OpenRead(path);
        byte[] head = new byte[2];
        bool isPack = await stream.ReadAtLeastAsync(head, 2, throwOnEndOfStream: false, cancellationToken) == 2 && head.AsSpan().SequenceEqual("PK"u8);
        stream.Position = 0;
        if (isPack)
        {
            return await Packs.TellPack.RunAsync(context, await UserFiles.ReadAsync(path, cancellationToken), keys, kept, cancellationToken);
        }

        try
        {
            ExportVerdict verdict = await VerifyExport.RunAsync(stream, keys, kept, cancellationToken);
            return await TellAsync(context, verdict, kept.Count, cancellationToken);
        }
        catch (FormatException fault)
        {
            throw new InputException($"The file '{path}' cannot be verified: {fault.Message}", fault);
        }
    }

    private static async Task<int> TellAsync(CommandContext context, ExportVerdict verdict, int kept, CancellationToken cancellationToken)
    {
        await context.People.WriteLineAsync($"entries  {verdict.Entries}");
        await context.People.WriteLineAsync($"signed   {verdict.Checkpoints} checkpoints hold, {kept} were kept by you; the last one covers {verdict.Sealed} entries");
        if (verdict.Fault is null)
        {
            await context.People.WriteLineAsync($"root     {verdict.Root}");
            if (verdict.Unsealed > 0)
            {
                context.Warn(new AuditWarning("unsealed-tail", $"The last {verdict.Unsealed} entries are behind the last checkpoint: nothing proves them yet, nor that there were no more."));
            }

            if (kept == 0)
            {
                context.Warn(new AuditWarning("no-kept-checkpoint", "No checkpoint of yours was compared: whoever holds the signing key could have rewritten all of this."));
            }
        }

        await context.People.WriteLineAsync(verdict.Fault is null ? "ok" : $"does not hold: {verdict.Fault}");
        await context.WriteJsonAsync(
            new { ok = verdict.Fault is null, entries = verdict.Entries, root = verdict.Root, @sealed = verdict.Sealed, unsealed = verdict.Unsealed, checkpoints = verdict.Checkpoints, kept, fault = verdict.Fault },
            cancellationToken);
        return verdict.Fault is null ? 0 : 1;
    }
}
