using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Storage;
using Governance.Registry.Ledger;
using Governance.Registry.Retention;
using Governance.Registry.Traffic;

namespace Governance.Portal.Features.Retention;

/// <summary><c>governance retention run</c>: destroys the files whose time is over.</summary>
internal static class RetentionCommand
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only say what would be erased." };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command retention = new("retention", "How long models and data sets are kept.");
        retention.Subcommands.Add(GovernanceCommand.Create(
            "run", "Erase what is retired and due, unless it is held or still needed; facts and ledger keep the digests.",
            RunAsync, DryRun, DataOptions.Data, DataOptions.Connection));
        return retention;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        bool dryRun = context.Arguments.GetValue(DryRun);
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        EraseOutcome outcome = await SystemRun.GuardAsync(
            () => registry.GetRequiredService<EraseDue>().RunAsync(Actor.System, dryRun, cancellationToken));
        switch (outcome)
        {
            case EraseOutcome.Done { Lines: var lines }:
                string verb = dryRun ? "would be erased" : "erased";
                await context.People.WriteLineAsync($"{lines.Count(line => line.Erase)} {verb}, {lines.Count(line => !line.Erase)} kept although due");
                foreach (ErasureLine line in lines)
                {
                    await context.People.WriteLineAsync($"  {(line.Erase ? verb : "kept")}: {line.Sentence}");
                }

                IReadOnlyList<OldTraffic> traffic = await SystemRun.GuardAsync(
                    () => registry.GetRequiredService<EraseOldTraffic>().RunAsync(dryRun, cancellationToken));
                foreach (OldTraffic line in traffic)
                {
                    await context.People.WriteLineAsync($"  traffic {(line.Erase ? verb : "kept")}: {line.Sentence}");
                }

                await context.WriteJsonAsync(
                    new
                    {
                        dryRun,
                        traffic = traffic.Select(line => new { deployment = line.Deployment.ToString(), line.Rows, line.Labels, erase = line.Erase, line.Sentence }),
                        lines = lines.Select(line => new
                        {
                            line.File.Name, artifact = line.File.Artifact.Hex, line.File.RetiredAt, line.File.DueAt, erase = line.Erase, line.Sentence,
                        }),
                    },
                    cancellationToken);
                return 0;
            case EraseOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }
}
