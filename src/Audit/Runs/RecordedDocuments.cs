using Governance.Audit.Data;
using Governance.Audit.Ensembles;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;

namespace Governance.Audit.Runs;

/// <summary>The documents of runs that put something on record in place of measuring a version: ensembles and choices.</summary>
public sealed class RecordedDocuments(LoadAuditInputs load, RegisterEnsemble ensembles)
{
    /// <summary>Whether a kind of run is one of these.</summary>
    public static bool Is(AuditKind kind) => kind is AuditKind.Ensemble or AuditKind.Choice;

    /// <summary>Does what the run asks for, and says what became of it.</summary>
    /// <param name="run">The run, with the person who asked for it.</param>
    /// <param name="options">Its options.</param>
    /// <param name="policy">The pack in force; it judges nothing here.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">It cannot be done; the sentence says why.</exception>
    public async Task<FindingsDocument> MakeAsync(
        AuditRun run, AuditOptions options, PolicyPack policy, int threads, IRunProgress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(policy);
        (AuditSubject subject, _, _) = await load.ModelAsync(run.Version, cancellationToken);
        List<AuditWarning> warnings = [];
        RegisteredEnsemble? made = null;
        AuditTable? data = null;
        if (options.Ensemble is EnsembleRecipe recipe)
        {
            Actor author = Actor.Person(run.RequestedBy ?? throw new InputException("An ensemble has a person as its author."));
            (made, data) = await ensembles.RunAsync(author, recipe, threads, options.Seed, progress, warnings.Add, cancellationToken);
        }

        return new FindingsDocument
        {
            Engine = new EngineIdentity(Engine.Name, Engine.OnnxRuntime, "cpu", ComputeFindings.BatchRows),
            Subject = subject,
            Data = data is null ? [] : [new AuditData("evaluation", data.Name, data.Digest, data.Table.Rows)],
            Options = options,
            Policy = new PolicyReference(policy.Name, policy.Number),
            Findings = [],
            Warnings = [.. warnings.Distinct()],
            Ensemble = made,
            Choice = options.Choice,
        };
    }
}
