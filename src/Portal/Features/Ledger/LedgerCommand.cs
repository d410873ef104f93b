using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;

namespace Governance.Portal.Features.Ledger;

/// <summary><c>governance ledger verify</c>: recomputes the ledger and compares it with the facts.</summary>
internal static class LedgerCommand
{
    private static readonly Option<bool> Artifacts = new("--artifacts") { Description = "Read every stored file as well, and name those that are missing, corrupt or foreign." };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create(TextWriter output, TextWriter error)
    {
        Command ledger = new("ledger", "The tamper-evident log.");
        ledger.Subcommands.Add(GovernanceCommand.Create(
            "verify", "Recompute the whole ledger and compare it with the facts; exit code 1 where it does not hold.",
            output, error, VerifyAsync, Artifacts, DataOptions.Data, DataOptions.Connection));
        return ledger;
    }

    private static async Task<int> VerifyAsync(CommandContext context, CancellationToken cancellationToken)
    {
        RegistryOptions options = DataOptions.Read(context.Arguments);
        if (options.DatabaseFile is string file && !File.Exists(file))
        {
            throw new InputException($"There is no database at '{file}'. Name its folder with --data.");
        }

        await using ServiceProvider services = new ServiceCollection().AddRegistry(options).BuildServiceProvider();
        if (!await services.GetRequiredService<MigrateDatabase>().IsCurrentAsync(cancellationToken))
        {
            throw new InputException("The database has another schema than this program. Run 'governance migrate' first.");
        }

        LedgerVerdict verdict = await services.GetRequiredService<VerifyLedger>().RunAsync(cancellationToken);
        ArtifactInventory? store = context.Arguments.GetValue(Artifacts)
            ? await ReadStoreAsync(services.GetRequiredService<VerifyArtifacts>(), cancellationToken)
            : null;
        switch (verdict)
        {
            case LedgerVerdict.Holds holds:
                await context.People.WriteLineAsync($"entries  {holds.Size}");
                await context.People.WriteLineAsync($"root     {holds.Root}");
                await TellAsync(context, store);
                bool sound = store is not { Faults.Count: > 0 };
                await context.People.WriteLineAsync(sound ? "ok" : "does not hold: the store is not what the ledger says");
                await context.WriteJsonAsync(
                    new
                    {
                        ok = sound, size = holds.Size, root = holds.Root, erasedTexts = holds.ErasedTexts, fault = (object?)null,
                        artifacts = store,
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
                        ok = false, size = broken.Size, root = (string?)null, erasedTexts = (int?)null, fault = broken.Fault,
                        artifacts = store,
                    },
                    cancellationToken);
                return 1;
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<ArtifactInventory> ReadStoreAsync(VerifyArtifacts verify, CancellationToken cancellationToken)
    {
        try
        {
            return await verify.RunAsync(cancellationToken);
        }
        catch (ArtifactKeyException fault)
        {
            throw new InputException(fault.Message, fault); // without its key nothing can be said of a file
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
