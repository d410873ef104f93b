using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Storage;
using Governance.Registry.Artifacts;
using Governance.Registry.Checkpoints;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;

namespace Governance.Portal.Features.Ledger;

/// <summary><c>governance ledger verify|export|seal</c>: the ledger where it is kept.</summary>
internal static class LedgerCommand
{
    private static readonly Option<bool> Artifacts = new("--artifacts") { Description = "Read every stored file as well, and name those that are missing, corrupt or foreign." };

    private static readonly Option<string[]> Kept = new("--checkpoint")
    {
        Description = "A file of signed checkpoints that were kept elsewhere; may be given more than once. The file of copies is read by itself.",
        HelpName = "FILE",
    };

    private static readonly Option<string> Out = new("--out") { Description = "The file to write.", HelpName = "FILE", Required = true };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command ledger = new("ledger", "The tamper-evident log.");
        ledger.Subcommands.Add(GovernanceCommand.Create(
            "verify", "Recompute the whole ledger and compare it with the facts, the signed checkpoints and their copies; exit code 1 where it does not hold.",
            VerifyAsync, Artifacts, Kept, CheckpointFlags.File, DataOptions.Data, DataOptions.Connection));
        ledger.Subcommands.Add(GovernanceCommand.Create(
            "export", "Write the whole ledger to a file, for 'governance verify' on another machine.", ExportAsync,
            Out, DataOptions.Data, DataOptions.Connection));
        ledger.Subcommands.Add(GovernanceCommand.Create(
            "seal", "Sign a checkpoint now and bring it to every place for copies; the portal does so by itself while it runs.",
            SealAsync, CheckpointFlags.File, CheckpointFlags.Witnesses, CheckpointFlags.Mail, DataOptions.Data, DataOptions.Connection));
        return ledger;
    }

    /// <summary>The checkpoints in files that somebody kept; what is no whole note in them is passed over.</summary>
    /// <exception cref="InputException">A file cannot be read, or holds none.</exception>
    internal static async Task<IReadOnlyList<string>> NotesAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        List<string> notes = [];
        foreach (string file in files)
        {
            string text = System.Text.Encoding.UTF8.GetString(await UserFiles.ReadAsync(file, cancellationToken));
            string[] whole = [.. SignedCheckpoint.Split(text).Where(IsWhole)];
            notes.AddRange(whole.Length > 0 ? whole : throw new InputException($"The file '{file}' holds no signed checkpoint."));
        }

        return notes;
    }

    private static bool IsWhole(string note)
    {
        try
        {
            _ = TreeHead.Parse(SignedNote.Parse(note).Text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static async Task<int> VerifyAsync(CommandContext context, CancellationToken cancellationToken)
    {
        RegistryOptions named = DataOptions.Read(context.Arguments) with { Checkpoints = new CheckpointOptions { File = context.Arguments.GetValue(CheckpointFlags.File) } };
        string copies = named.EffectiveCheckpointFile;
        IReadOnlyList<string> kept = await NotesAsync(
            [.. context.Arguments.GetValue(Kept) ?? [], .. File.Exists(copies) ? (string[])[copies] : []], cancellationToken);
        await using ServiceProvider services = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        LedgerVerdict verdict = await services.GetRequiredService<VerifyLedger>().RunAsync(kept, cancellationToken);
        ArtifactInventory? store = context.Arguments.GetValue(Artifacts)
            ? await SystemRun.GuardAsync(() => services.GetRequiredService<VerifyArtifacts>().RunAsync(cancellationToken)) // without its key nothing can be said of a file
            : null;
        if (kept.Count == 0)
        {
            context.Warn(new AuditWarning("no-kept-checkpoint", "No checkpoint kept outside the database was compared: whoever rewrote both the ledger and its checkpoints is not found by this."));
        }

        switch (verdict)
        {
            case LedgerVerdict.Holds holds:
                await context.People.WriteLineAsync($"entries  {holds.Size}, {holds.Size - holds.Sealed} of them behind the last signed checkpoint");
                await context.People.WriteLineAsync($"signed   {holds.Checkpoints} checkpoints hold, {kept.Count} of them kept outside the database");
                await context.People.WriteLineAsync($"root     {holds.Root}");
                await TellAsync(context, store);
                bool sound = store is not { Faults.Count: > 0 };
                await context.People.WriteLineAsync(sound ? "ok" : "does not hold: the store is not what the ledger says");
                await context.WriteJsonAsync(
                    new
                    {
                        ok = sound, size = holds.Size, root = holds.Root, @sealed = holds.Sealed, checkpoints = holds.Checkpoints, kept = kept.Count,
                        erasedTexts = holds.ErasedTexts, fault = (object?)null, artifacts = store,
                    },
                    cancellationToken);
                return sound ? 0 : 1;
            case LedgerVerdict.Broken broken:
                await context.People.WriteLineAsync($"entries  {broken.Size}");
                await TellAsync(context, store);
                await context.People.WriteLineAsync($"does not hold: {broken.Fault.Sentence}");
                await context.WriteJsonAsync(
                    new
                    {
                        ok = false, size = broken.Size, root = (string?)null, @sealed = (long?)null, checkpoints = (int?)null, kept = kept.Count,
                        erasedTexts = (int?)null, fault = broken.Fault, artifacts = store,
                    },
                    cancellationToken);
                return 1;
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> ExportAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string path = context.Arguments.GetValue(Out)!;
        UserFiles.RefuseUnwritable(path);
        await using ServiceProvider services = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        (long entries, int checkpoints) = await SystemRun.GuardAsync(async () =>
        {
            string temporary = path + ".part";
            await using (FileStream file = File.Create(temporary))
            {
                (long, int) written = await services.GetRequiredService<ExportLedger>().RunAsync(file, cancellationToken);
                File.Move(temporary, path, overwrite: true);
                return written;
            }
        });
        await context.People.WriteLineAsync($"{path}: {entries} entries, {checkpoints} checkpoints. Verify it elsewhere with 'governance verify {Path.GetFileName(path)} --key PUB.pem --checkpoint KEPT'.");
        await context.WriteJsonAsync(new { path, entries, checkpoints }, cancellationToken);
        return 0;
    }

    private static async Task<int> SealAsync(CommandContext context, CancellationToken cancellationToken)
    {
        CheckpointOptions places = await CheckpointFlags.ReadAsync(context.Arguments, cancellationToken);
        await using ServiceProvider services = await SystemRun.OpenAsync(context.Arguments, cancellationToken, places);
        SealOutcome outcome = await SystemRun.GuardAsync(() => services.GetRequiredService<SealCheckpoint>().RunAsync(cancellationToken));
        switch (outcome)
        {
            case SealOutcome.Sealed { Checkpoint: var checkpoint, IsNew: var isNew }:
                await services.GetRequiredService<DeliverCopies>().RunAsync(now: true, cancellationToken);
                IReadOnlyList<PlaceStanding> standings = await services.GetRequiredService<ReadCheckpoints>().PlacesAsync(cancellationToken);
                await context.People.WriteAsync(checkpoint.Note);
                foreach (PlaceStanding place in standings)
                {
                    await context.People.WriteLineAsync(place.Failure is null ? $"kept     {place.Name}" : $"missing  {place.Name}: {place.Failure.Sentence}");
                }

                await context.WriteJsonAsync(
                    new { ok = true, isNew, size = checkpoint.Size, root = checkpoint.RootHex, note = checkpoint.Note, copies = standings.Select(place => new { place.Name, place.Size, failure = place.Failure?.Sentence }) },
                    cancellationToken);
                return 0;
            case SealOutcome.Refused { Sentence: var sentence }:
                await context.People.WriteLineAsync($"not sealed: {sentence}");
                await context.WriteJsonAsync(new { ok = false, fault = sentence }, cancellationToken);
                return 1;
            default:
                throw new UnreachableException();
        }
    }

    private static async Task TellAsync(CommandContext context, ArtifactInventory? store)
    {
        if (store is null)
        {
            return;
        }

        await context.People.WriteLineAsync($"files    {store.Read} read, {UploadRules.Bytes(store.Bytes)}");
        if (store.Unsettled > 0)
        {
            await context.People.WriteLineAsync($"         {store.Unsettled} of a change under way, or of one that was ended");
        }

        foreach (ArtifactFault fault in store.Faults)
        {
            await context.People.WriteLineAsync($"         {fault.Sentence}");
        }
    }
}
