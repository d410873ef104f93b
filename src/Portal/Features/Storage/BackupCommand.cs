using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry;
using Governance.Registry.Backups;
using Governance.Registry.Storage;

namespace Governance.Portal.Features.Storage;

/// <summary><c>governance backup</c> and <c>governance restore</c>: a copy of everything but the keys, and back.</summary>
internal static class BackupCommand
{
    private static readonly Option<string> Out = new("--out")
    {
        Description = "Where to: a new folder, or a new file that ends in .zip.", HelpName = "FOLDER|FILE.zip", Required = true,
    };

    private static readonly Option<bool> StoreOnly = new("--store-only")
    {
        Description = "Leave the database out, because it is backed up by its own means (pg_dump).",
    };

    private static readonly Option<string> From = new("--from")
    {
        Description = "The backup: a folder or a zip file.", HelpName = "FOLDER|FILE.zip", Required = true,
    };

    private static readonly Option<string> DataFolder = new("--data-folder", "--data")
    {
        Description = "The folder to restore to; it must be empty or missing.", HelpName = "DIR", Required = true,
    };

    private static readonly Option<string?> Root = new("--root")
    {
        Description = "The ledger's root that was noted down when the backup was made.", HelpName = "HEX",
    };

    /// <summary>Makes <c>backup</c>.</summary>
    public static Command CreateBackup() => GovernanceCommand.Create(
        "backup", "Copy database and artefacts as of one moment, while the portal runs. The keys are not in it.",
        BackupAsync, Out, StoreOnly, DataOptions.Data, DataOptions.Connection);

    /// <summary>Makes <c>restore</c>.</summary>
    public static Command CreateRestore() => GovernanceCommand.Create(
        "restore", "Bring a backup back into an empty folder, and prove all of it first; exit code 1 where it does not hold.",
        RestoreAsync, From, DataFolder, Root);

    private static async Task<int> BackupAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using ServiceProvider registry = new ServiceCollection()
            .AddRegistry(DataOptions.Read(context.Arguments)).BuildServiceProvider();
        BackupOutcome outcome = await SystemRun.GuardAsync(() => registry.GetRequiredService<MakeBackup>().RunAsync(
            context.Arguments.GetValue(Out)!, context.Arguments.GetValue(StoreOnly), cancellationToken));
        switch (outcome)
        {
            case BackupOutcome.Made made:
                await context.People.WriteLineAsync($"backup     {made.Path}");
                await context.People.WriteLineAsync($"artefacts  {made.Artifacts:N0}, {made.Bytes:N0} bytes with the database");
                if (made.LedgerRoot is not null)
                {
                    await context.People.WriteLineAsync($"ledger     {made.LedgerSize:N0} entries, root {made.LedgerRoot}");
                }

                await context.People.WriteLineAsync($"keys       not in it; restoring takes {(made.Keys.Count == 0 ? "none" : string.Join(", ", made.Keys))}");
                context.Warn(new AuditWarning(
                    "keys-not-included", "The keys are not in the backup. Keep the key file elsewhere: without it nothing of the backup opens. Note the ledger's root down, too."));
                await context.WriteJsonAsync(
                    new { ok = true, made.Path, made.Artifacts, made.Bytes, made.LedgerSize, made.LedgerRoot, made.Keys }, cancellationToken);
                return 0;
            case BackupOutcome.DoesNotHold { Sentence: var sentence }:
                return await FailAsync(context, $"No backup was made, because the ledger does not hold: {sentence}", cancellationToken);
            case BackupOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> RestoreAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using ServiceProvider registry = new ServiceCollection()
            .AddRegistry(new RegistryOptions { DataFolder = context.Arguments.GetValue(DataFolder)! }).BuildServiceProvider();
        RestoreOutcome outcome = await SystemRun.GuardAsync(() => registry.GetRequiredService<RestoreBackup>().RunAsync(
            context.Arguments.GetValue(From)!, context.Arguments.GetValue(Root), cancellationToken));
        switch (outcome)
        {
            case RestoreOutcome.Restored restored:
                await context.People.WriteLineAsync($"restored   {restored.Artifacts:N0} artefacts, each read to its last byte");
                await context.People.WriteLineAsync(restored.LedgerRoot is null
                    ? "database   not in this backup: restore it by its own means, then run 'governance ledger verify'"
                    : $"ledger     holds: {restored.LedgerSize:N0} entries, root {restored.LedgerRoot}");
                await context.People.WriteLineAsync($"made at    {restored.MadeAt}");
                await context.WriteJsonAsync(
                    new { ok = true, restored.Artifacts, restored.LedgerSize, restored.LedgerRoot, restored.MadeAt, restored.Migrations, fault = (string?)null },
                    cancellationToken);
                return 0;
            case RestoreOutcome.DoesNotHold { Sentence: var sentence }:
                return await FailAsync(context, sentence, cancellationToken);
            case RestoreOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> FailAsync(CommandContext context, string sentence, CancellationToken cancellationToken)
    {
        await context.People.WriteLineAsync(sentence);
        await context.WriteJsonAsync(new { ok = false, fault = sentence }, cancellationToken);
        return 1;
    }
}
