using System.Globalization;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Retention;

/// <summary>What is to be erased, or why it is kept although its time is over.</summary>
/// <param name="File">The file.</param>
/// <param name="Erase">Whether it is erased.</param>
/// <param name="Sentence">Why, in words.</param>
public sealed record ErasureLine(RetainedFile File, bool Erase, string Sentence);

/// <summary>Erases the files whose time is over: the wrapped key is overwritten and the file deleted.</summary>
/// <remarks>
/// The fact and its ledger entry are committed first, then the file goes; where the process is killed in between, the
/// next run or the sweep at the next start removes it. A file that is still needed by something in use, held, or not
/// yet due stays. Evidence, digests and the ledger are kept for ever. Copies in backups made before are out of reach:
/// delete those backups when their own time is over.
/// </remarks>
public sealed class EraseDue(AppendGate gate, ArtifactStore store)
{
    /// <summary>Erases, or only says what would be erased.</summary>
    /// <param name="actor">An operator, or the system.</param>
    /// <param name="dryRun">Whether nothing is done.</param>
    /// <param name="cancellationToken">Ends it before the commit.</param>
    public async Task<EraseOutcome> RunAsync(Actor actor, bool dryRun, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        EraseOutcome outcome = await gate.RunAsync<EraseOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            if (RetentionPolicy.RefusalForChoice(standing.Person, new ModelRelation(Granted: true), RetainedKind.Dataset) is Refusal refusal)
            {
                return new EraseOutcome.Refused(refusal);
            }

            IReadOnlyList<RetentionState> all = await RetentionQueries.AllAsync(change.Db, cancellationToken);
            IReadOnlyList<ErasureLine> plan = Plan(all, change.Now);
            if (!dryRun)
            {
                foreach (ErasureLine line in plan.Where(line => line.Erase).DistinctBy(line => line.File.Artifact))
                {
                    change.Add(
                        new Erasure(
                            ErasureId.New(), line.File.Artifact, line.File.Item.Kind, line.File.Item.Id, line.Sentence,
                            actor.User, change.Now),
                        "artifact.erased", line.File.Scope);
                }
            }

            return new EraseOutcome.Done(plan);
        }, cancellationToken);
        if (!dryRun && outcome is EraseOutcome.Done)
        {
            await FinishAsync(cancellationToken);
        }

        return outcome;
    }

    /// <summary>What is due at a moment, and whether anything keeps it. Pure.</summary>
    internal static IReadOnlyList<ErasureLine> Plan(IReadOnlyList<RetentionState> all, DateTimeOffset now)
    {
        List<ErasureLine> plan = [];
        foreach (RetentionState state in all)
        {
            foreach (RetainedFile file in state.Files.Where(file => file.Erased is null && file.DueAt is DateTimeOffset due && due <= now))
            {
                RetainedFile? needed = all.SelectMany(other => other.Files)
                    .FirstOrDefault(other => other != file && other.Artifact == file.Artifact && !(other.DueAt <= now));
                bool held = all.Any(other => other.Holds.Count > 0 && other.Files.Any(each => each.Artifact == file.Artifact));
                string years = $"class {state.Class.Name}, {state.Class.Years} years after it was retired on {Day(file.RetiredAt!.Value)}";
                plan.Add(held ? new ErasureLine(file, false, $"{file.Name} is due ({years}), but under a legal hold.")
                    : needed is not null ? new ErasureLine(file, false, $"{file.Name} is due ({years}), but {needed.Name} is the same file and still needed.")
                    : new ErasureLine(file, true, $"{file.Name}: {years}."));
            }
        }

        return plan;
    }

    /// <summary>Destroys what is erased by the record and still there by the folder: this run's, and what a killed one left.</summary>
    internal async Task FinishAsync(CancellationToken cancellationToken) => await gate.RunAsync(Actor.System, async change =>
    {
        foreach (ArtifactDigest digest in await change.Db.Erasures.AsNoTracking().Where(row => row.StoredAgainAt == null)
            .Select(row => row.Artifact).Distinct().ToListAsync(cancellationToken))
        {
            store.Shred(digest);
        }

        return 0;
    }, cancellationToken);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}

/// <summary>What came of the erasing.</summary>
public abstract record EraseOutcome
{
    private EraseOutcome()
    {
    }

    /// <summary>It is done, or planned.</summary>
    /// <param name="Lines">Everything whose time is over.</param>
    public sealed record Done(IReadOnlyList<ErasureLine> Lines) : EraseOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : EraseOutcome;
}
