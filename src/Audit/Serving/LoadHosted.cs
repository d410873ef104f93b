using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Runs;
using Governance.Audit.Theft;
using Governance.Registry.Serving;
using Governance.Registry.Versions;

namespace Governance.Audit.Serving;

/// <summary>Brings a version into memory ready to answer: loaded, run once, its batches tried, its traffic calibrated.</summary>
/// <remarks>
/// Sessions are made one after another, so that the growth of the process is that of one version; what it does afterwards, such as
/// calibrating, is not counted.
/// </remarks>
public sealed class LoadHosted(
    LoadAuditInputs inputs, FindReference references, CalibrateVersion calibrate, ServingMeters meters, ServingOptions options, RunTurns turns,
    ServingDoor door, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    /// <summary>Loads a version.</summary>
    /// <returns>The model, and the bytes that it takes: how far the process grew, at least the file.</returns>
    /// <exception cref="InputException">Model, encoding and reference data do not fit each other.</exception>
    internal async Task<(HostedModel Model, long Memory)> RunAsync(
        ModelVersionId version, ServingSettings settings, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        (AuditSubject subject, byte[] file, byte[]? encoding) = await inputs.ModelAsync(version, cancellationToken);
        ReferenceData? reference = await references.RunAsync(version, cancellationToken);
        ServingMeter meter = meters.Of(version, subject.Model, subject.Version);
        (HostedModel model, long memory, BatchForm form) = await MakeAsync(file, encoding, reference, settings, cancellationToken);
        try
        {
            model.Batcher = new RowBatcher(model.Predictor.PredictAtOnce, form, settings, turns, door, meter, clock);
            model.Calibration = await calibrate.RunAsync(version, model, cancellationToken);
        }
        catch
        {
            model.Dispose();
            throw;
        }

        meter.NoteLoaded(started, memory, model.Predictor.Provider, form);
        return (model, memory);
    }

    private async Task<(HostedModel Model, long Memory, BatchForm Form)> MakeAsync(
        byte[] file, byte[]? encoding, ReferenceData? reference, ServingSettings settings, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            long before = Environment.WorkingSet;
            HostedModel model = HostedModel.Load(file, encoding, reference, settings, cancellationToken);
            try
            {
                InputBatch probes = ProbeRows.Of(model.Encoder, reference?.Data.Table);
                BatchForm form = BatchProof.Find(
                    batch => model.Predictor.PredictAtOnce(batch, cancellationToken), probes, options.ProofTime, clock, cancellationToken);
                return (model, Math.Max(file.LongLength, Environment.WorkingSet - before), form);
            }
            catch (InputException)
            {
                return (model, Math.Max(file.LongLength, Environment.WorkingSet - before), BatchForm.Alone); // no row to try
            }
        }
        finally
        {
            one.Release();
        }
    }
}
