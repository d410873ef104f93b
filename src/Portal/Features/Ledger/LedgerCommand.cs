using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Portal.Features.Ledger;

/// <summary><c>governance ledger verify</c>: recomputes the ledger and compares it with the facts.</summary>
internal static class LedgerCommand
{
    /// <summary>Makes the command with its parts.</summary>
    public static Command Create(TextWriter output, TextWriter error)
    {
        Command ledger = new("ledger", "The tamper-evident log.");
        ledger.Subcommands.Add(GovernanceCommand.Create(
            "verify", "Recompute the whole ledger and compare it with the facts; exit code 1 where it does not hold.",
            output, error, VerifyAsync, DataOptions.Data, DataOptions.Connection));
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
        switch (verdict)
        {
            case LedgerVerdict.Holds holds:
                await context.People.WriteLineAsync($"entries  {holds.Size}");
                await context.People.WriteLineAsync($"root     {holds.Root}");
                await context.People.WriteLineAsync("ok");
                await context.WriteJsonAsync(
                    new { ok = true, size = holds.Size, root = holds.Root, erasedTexts = holds.ErasedTexts, fault = (object?)null },
                    cancellationToken);
                return 0;
            case LedgerVerdict.Broken broken:
                await context.People.WriteLineAsync($"entries  {broken.Size}");
                await context.People.WriteLineAsync($"does not hold: {broken.Fault.Sentence}");
                await context.WriteJsonAsync(
                    new { ok = false, size = broken.Size, root = (string?)null, erasedTexts = (int?)null, fault = broken.Fault },
                    cancellationToken);
                return 1;
            default:
                throw new UnreachableException();
        }
    }
}
