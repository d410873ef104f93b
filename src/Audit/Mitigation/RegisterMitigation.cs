using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Registrations;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Mitigation;

/// <summary>Puts a version with thresholds by group on record: the same file under a new encoding, post-processed from the version it was.</summary>
public sealed class RegisterMitigation(IDbContextFactory<GovernanceDb> contexts, ArtifactStore store, AdmitVersion admit)
{
    /// <summary>Registers a draft, with a leaf in the ledger as for any version.</summary>
    /// <param name="actor">The author; their right to register is judged with the registration.</param>
    /// <param name="version">The version whose decisions are changed, which the actor may see.</param>
    /// <param name="step">The thresholds.</param>
    /// <param name="columns">The encoding that stands for "columns as they are", where the version has none; null for none.</param>
    /// <param name="scored">Rows and the scores that the thresholds were found on, to see that they are the version's own; null to trust them.</param>
    /// <param name="note">What is new in it; null for a sentence that names the step.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="InputException">The scores are not the version's, or the step does not fit it.</exception>
    public async Task<RegisterVersionOutcome> RunAsync(
        Actor actor, ModelVersionId version, GroupThresholds step, ModelEncoding? columns, GivenScores? scored, string? note,
        CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ModelVersion row = await db.Versions.AsNoTracking().FirstAsync(known => known.Id == version, cancellationToken);
        Model model = await db.Models.AsNoTracking().FirstAsync(known => known.Id == row.Model, cancellationToken);
        ModelEncoding encoding = row.Encoding is ArtifactDigest stored
            ? ModelEncoding.Read(await store.ReadAsync(stored, cancellationToken))
            : columns ?? throw new InputException(
                $"The version {model.Name}/{row.Number} has no encoding that could take up the thresholds; register its file with one, and with --mitigation.");
        byte[] file = await store.ReadAsync(row.Artifact, cancellationToken);
        if (scored is not null)
        {
            await Task.Run(() => OwnScores.Check(file, encoding, step, scored, cancellationToken), cancellationToken);
        }

        return await admit.RunAsync(
            actor, model.Name, file, With(encoding, step).CanonicalBytes(),
            note ?? $"{model.Name}/{row.Number} with thresholds by {string.Join(" and ", step.Columns)}{(step.Constraint is null ? "" : $" for {step.Constraint}")}.",
            [(row.Id, ParentKind.PostProcessedFrom)], cancellationToken);
    }

    /// <summary>An encoding with thresholds by group in place of what decided before.</summary>
    public static ModelEncoding With(ModelEncoding encoding, GroupThresholds step) => encoding with { Threshold = null, GroupThresholds = step };
}
