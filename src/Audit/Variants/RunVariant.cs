using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Equivalence;
using Governance.Audit.Inference;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Variants;

/// <summary>Makes the variant of a claimed run, registers it as a version and seals what was done.</summary>
/// <remarks>
/// The version is registered by the same road as an uploaded one, in the name of whoever asked, with the parent's encoding.
/// Registration and seal are two transactions: a process that dies between them finds the version again and seals then.
/// </remarks>
public sealed class RunVariant(
    LoadAuditInputs load, AdmitVersion admit, SealEvidence seal, PolicyQueries policies, IDbContextFactory<GovernanceDb> contexts, TimeProvider time)
{
    /// <summary>Runs it.</summary>
    /// <param name="run">A run that this process claimed, of the kind <see cref="AuditKind.Variant"/>.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends it; before the registration nothing happened.</param>
    /// <exception cref="InputException">The recipe does not fit the model or the data, or the version may not be registered.</exception>
    public async Task<SealOutcome> RunAsync(AuditRun run, IRunProgress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        DateTimeOffset started = time.GetUtcNow();
        AuditOptions options = AuditSpecJson.Read(run.Spec);
        VariantRecipe recipe = options.Variant ?? throw new InputException("The run names no recipe.");
        (AuditSubject parent, byte[] file, byte[]? encoding) = await load.ModelAsync(run.Version, cancellationToken);
        AuditTable? data = options.Evaluation.Length == 0 ? null : await load.TableAsync(options.Evaluation, cancellationToken);
        PolicyPack policy = await policies.InForceAsync(run.Version, DateOnly.FromDateTime(run.RequestedAt.UtcDateTime), cancellationToken);
        long begun = time.GetTimestamp();

        // Training may take minutes: no thread that requests wait for.
        (MadeVariant made, SpeedReport? speed) = await Task.Factory.StartNew(
            () => Made(file, recipe, data is null ? null : Rows(file, encoding, data) with { Level = policy.Level }, policy, progress, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        double seconds = time.GetElapsedTime(begun).TotalSeconds;
        progress.Report("Trying it in quarantine and registering it", 0, 1);
        ModelVersion child = await RegisterAsync(run, parent, recipe, made.Model, encoding, cancellationToken);
        byte[] findings = SealableFindings.Bytes(new FindingsDocument
        {
            Engine = new EngineIdentity(Engine.Name, Engine.OnnxRuntime, "cpu", 0),
            Subject = parent,
            Data = data is null ? [] : [new AuditData("calibration", data.Name, data.Digest, data.Table.Rows)],
            Options = options,
            Policy = new PolicyReference(policy.Name, policy.Number),
            Findings = [],
            Warnings = [],
            Variant = new VariantResult(
                RecipeWords.Of(recipe), new AuditSubject(parent.Model, child.Number, child.Digest.Hex, child.Artifact.Hex, child.Encoding?.Hex), made.Summary)
            {
                Student = made.Student,
            },
        });
        byte[] record = SealableFindings.Bytes(new RunRecord
        {
            Run = run.Id.Value,
            FindingsDigest = FactDigest.Of(findings).Hex,
            StartedAt = started,
            EndedAt = time.GetUtcNow(),
            Machine = $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors",
            Threads = 1,
            ModelRows = data?.Table.Rows ?? 0,
            Seconds = new Dictionary<string, double> { ["variant"] = seconds },
            Attempts = run.Attempts,
            Speed = speed,
        });
        return await seal.RunAsync(new NewEvidence(run.Id, run.Title, findings, record, SealableFindings.Count([])), cancellationToken);
    }

    // What it costs by the clock is no part of the findings, which have to come out the same again.
    private (MadeVariant Made, SpeedReport? Speed) Made(
        byte[] file, VariantRecipe recipe, VariantRows? rows, PolicyPack policy, IRunProgress progress, CancellationToken cancellationToken)
    {
        MadeVariant made = MakeVariant.Run(file, recipe, rows, progress, cancellationToken);
        if (rows is null)
        {
            return (made, null);
        }

        progress.Report("Timing both in turn", 0, 1);
        return (made, MeasureSpeed.Run(file, made.Model, rows.Batch, rows.Batch, policy, time, cancellationToken));
    }

    private static VariantRows Rows(byte[] file, byte[]? encoding, AuditTable data)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, CancellationToken.None);
        ModelEncoding? read = encoding is null ? null : ModelEncoding.Read(encoding);
        return VariantRows.Of(predictor.Signature, read, data.Table, read?.Label?.Column ?? data.Label);
    }

    private async Task<ModelVersion> RegisterAsync(
        AuditRun run, AuditSubject parent, VariantRecipe recipe, byte[] file, byte[]? encoding, CancellationToken cancellationToken)
    {
        UserId author = run.RequestedBy ?? throw new InputException("A variant needs somebody who asked for it.");
        string words = RecipeWords.Of(recipe);
        string note = $"{words}. Made from v{parent.Version}.";
        RegisterVersionOutcome outcome = await admit.RunAsync(
            Actor.Person(author), parent.Model, file, encoding, note.Length <= ModelVersion.MaxNoteLength ? note : note[..ModelVersion.MaxNoteLength],
            [(run.Version, RecipeWords.Descent(recipe.Kind))], cancellationToken);
        return outcome switch
        {
            RegisterVersionOutcome.Registered { Version: var version } => version,
            RegisterVersionOutcome.Refused { Reason.Code: "same-version" } when await TwinAsync(run, file, cancellationToken) is ModelVersion twin => twin,
            RegisterVersionOutcome.Refused { Reason: var reason } => throw new InputException(reason.Sentence),
            _ => throw new InputException("The model does not exist any more, or not for whoever asked."),
        };
    }

    // The very same variant: made before a process died, or asked for twice.
    private async Task<ModelVersion?> TwinAsync(AuditRun run, byte[] file, CancellationToken cancellationToken)
    {
        ArtifactDigest digest = new(Convert.ToHexStringLower(SHA256.HashData(file)));
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from link in db.VersionParents.AsNoTracking()
            join version in db.Versions.AsNoTracking() on link.Child equals version.Id
            where link.Parent == run.Version && version.Artifact == digest
            select version).FirstOrDefaultAsync(cancellationToken);
    }
}
