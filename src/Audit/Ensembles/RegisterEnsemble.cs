using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Performance;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Ensembles;

/// <summary>Makes an ensemble of registered versions and puts it on record as a version whose parents they are.</summary>
public sealed class RegisterEnsemble(IDbContextFactory<GovernanceDb> contexts, ArtifactStore store, LoadAuditInputs load, AdmitVersion admit)
{
    /// <summary>Makes, judges and registers it.</summary>
    /// <param name="actor">The author; their right to register is judged with the registration.</param>
    /// <param name="recipe">What is combined, and how.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="seed">Of the folds of a stacked ensemble.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="warn">Receives what a reader must know.</param>
    /// <param name="cancellationToken">Ends it, and nothing is registered.</param>
    /// <returns>The version with what was measured, and the data set; a version that is exactly the same is taken as it stands.</returns>
    /// <exception cref="InputException">The members cannot be merged, or a rule forbids the registration.</exception>
    public async Task<(RegisteredEnsemble Ensemble, AuditTable? Data)> RunAsync(
        Actor actor, EnsembleRecipe recipe, int threads, int seed, IRunProgress progress, Action<AuditWarning> warn, CancellationToken cancellationToken)
    {
        progress.Report("Loading the members", 0, recipe.Members.Count + 3);
        List<EnsembleMember> members = [];
        List<(ModelVersionId Version, ParentKind Kind)> parents = [];
        try
        {
            foreach (string name in recipe.Members)
            {
                (ModelVersionId id, EnsembleMember member) = await LoadAsync(name, threads, cancellationToken);
                members.Add(member);
                parents.Add((id, ParentKind.EnsembleOf));
                progress.Report("Loading the members", members.Count, recipe.Members.Count + 3);
            }

            AuditTable? data = recipe.Data is string set ? await load.TableAsync(set, cancellationToken) : null;
            progress.Report("Merging and judging", members.Count, recipe.Members.Count + 3);
            (EnsembleModel model, EnsembleReport report) = await Task.Factory.StartNew(
                () => MakeEnsemble.Run(members, recipe.Options, Labelled(data, members[0], threads, seed), warn, cancellationToken), cancellationToken,
                TaskCreationOptions.LongRunning, TaskScheduler.Default);
            progress.Report("Trying the file in the quarantine", members.Count + 1, recipe.Members.Count + 3);
            RegisterVersionOutcome outcome = await admit.RunAsync(
                actor, recipe.Model, model.File, model.Encoding?.CanonicalBytes(), recipe.Words, parents, cancellationToken);
            ModelVersion version = outcome switch
            {
                RegisterVersionOutcome.Registered registered => registered.Version,
                RegisterVersionOutcome.Refused { Reason.Code: "same-version" } => await TwinAsync(recipe.Model, report.Sha256, cancellationToken),
                RegisterVersionOutcome.Refused { Reason: var reason } => throw new InputException(reason.Sentence),
                RegisterVersionOutcome.NoSuchModel => throw new InputException($"The model '{recipe.Model}' is no longer there for the person who asked."),
                _ => throw new UnreachableException(),
            };
            return (new RegisteredEnsemble($"{recipe.Model}/{version.Number}", version.Digest.Hex, report), data);
        }
        finally
        {
            foreach (EnsembleMember member in members)
            {
                member.Predictor.Dispose();
            }
        }
    }

    private async Task<(ModelVersionId Id, EnsembleMember Member)> LoadAsync(string name, int threads, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        (_, ModelVersion version) = await MemberVersions.FindAsync(db, name, cancellationToken) ?? throw new InputException($"There is no version '{name}'.");
        byte[] file = await store.ReadAsync(version.Artifact, cancellationToken);
        ModelEncoding? encoding = version.Encoding is ArtifactDigest stored ? ModelEncoding.Read(await store.ReadAsync(stored, cancellationToken)) : null;
        PredictorOptions options = new() { Provider = "cpu", Threads = threads, BatchRows = ComputeFindings.BatchRows };
        return (version.Id, new EnsembleMember(name, file, OnnxPredictor.Load(file, options, cancellationToken), encoding));
    }

    // A run that died after the registration is done again: the same members give the same file, which is on record already.
    private async Task<ModelVersion> TwinAsync(string model, string sha256, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ArtifactDigest artifact = new(sha256);
        return await (
            from version in db.Versions.AsNoTracking()
            join owner in db.Models.AsNoTracking() on version.Model equals owner.Id
            where owner.Name == model && version.Artifact == artifact
            orderby version.Number descending
            select version).FirstAsync(cancellationToken);
    }

    private static EnsembleData? Labelled(AuditTable? data, EnsembleMember first, int threads, int seed)
    {
        if (data is null)
        {
            return null;
        }

        string label = first.Encoding?.Label?.Column ?? data.Label
            ?? throw new InputException($"Neither the encoding of '{first.Name}' nor the data set '{data.Name}' says which column holds what was true.");
        return new EnsembleData(data.Table, new PerformanceOptions { Label = label, Seed = seed, Threads = threads });
    }
}
