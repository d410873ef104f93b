using System.Security.Cryptography;
using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Runs;
using Governance.Audit.Theft.Detection;
using Governance.Registry.Alarms;
using Governance.Registry.Artifacts;
using Governance.Registry.Versions;
using Microsoft.Extensions.Logging;

namespace Governance.Audit.Theft;

/// <summary>Learns what honest traffic of a version looks like, from its reference data and the data it was measured on.</summary>
/// <remarks>
/// Both, because a model is surer of rows that it was trained on: calibrated on these alone, honest new rows would seem to
/// seek the boundary. The calibration is kept encrypted with its secret seed, so that a restart goes on with the same one.
/// </remarks>
public sealed class CalibrateVersion(LoadAuditInputs inputs, WatchFiles files, ILogger<CalibrateVersion> log)
{
    private const int MostRows = 12_000;

    /// <summary>Calibrates, or reads what was calibrated on the same data before.</summary>
    /// <param name="version">Which version.</param>
    /// <param name="model">The version in memory, with its reference data.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where nothing was measured yet, the data cannot be read or has too few rows, or the model reads text.</returns>
    internal async Task<WatchCalibration?> RunAsync(ModelVersionId version, HostedModel model, CancellationToken cancellationToken)
    {
        try
        {
            return model.Reference is ReferenceData reference ? await CalibrateAsync(version, model, reference, cancellationToken) : null;
        }
        catch (Exception fault) when (fault is InputException or ArtifactDamagedException or ArtifactKeyException or IOException)
        {
            log.LogWarning(fault, "Version {Version} could not be calibrated; its traffic is not watched.", version);
            return null;
        }
    }

    private async Task<WatchCalibration?> CalibrateAsync(
        ModelVersionId version, HostedModel model, ReferenceData reference, CancellationToken cancellationToken)
    {
        AuditTable? measured = reference.Options is { } options && options.Evaluation != reference.Data.Name
            ? await inputs.TableAsync(options.Evaluation, cancellationToken) : null;
        string key = $"calibration {version} {reference.Data.Digest} {measured?.Digest}";
        if (await files.FindAsync(key, cancellationToken) is byte[] kept)
        {
            try
            {
                return WatchCalibration.Read(kept);
            }
            catch (InvalidDataException)
            {
                // of another release of this program: calibrated again
            }
        }

        List<float> rows = [];
        List<double> margins = [];
        Add(model, reference.Data.Table, rows, margins, cancellationToken);
        if (measured is not null)
        {
            Add(model, measured.Table, rows, margins, cancellationToken);
        }

        if (margins.Count < WatchReference.LeastRows)
        {
            return null;
        }

        int[][] columns = [.. model.Encoder.Slots.Select((slot, i) => (slot.Column, i)).GroupBy(slot => slot.Column, StringComparer.Ordinal)
            .Select(column => column.Select(slot => slot.i).ToArray())];
        WatchCalibration calibration = WatchCalibration.Fit(
            new WatchReference([.. rows], model.Features, [.. margins], columns), RandomNumberGenerator.GetInt32(int.MaxValue), cancellationToken);
        await files.KeepAsync(key, calibration.ToBytes(), cancellationToken);
        return calibration;
    }

    // Rows that the model cannot read say nothing of honest traffic.
    private static void Add(HostedModel model, Table table, List<float> rows, List<double> margins, CancellationToken cancellationToken)
    {
        Table head = table.Head(MostRows);
        InputBatch batch;
        Decisions decisions;
        try
        {
            batch = model.Encoder.Encode(head);
            decisions = model.Rule.Decide(model.Predictor.Predict(batch, cancellationToken), head, batch);
        }
        catch (InputException)
        {
            return;
        }

        for (int row = 0; row < head.Rows; row++)
        {
            float[] own = EncodedRow.Of(batch, row);
            if (own.Length == model.Features && !Array.Exists(own, float.IsInfinity))
            {
                rows.AddRange(own);
                margins.Add(WatchMargin.Of(Score(decisions, row, head.Rows), model.Rule));
            }
        }
    }

    private static double Score(Decisions decisions, int row, int rows)
    {
        if (decisions.Scores is double[] scores)
        {
            return scores[row];
        }

        if (decisions.Probabilities is not double[] all || all.Length / rows < 2)
        {
            return double.NaN;
        }

        int classes = all.Length / rows;
        double[] largest = [.. all[(row * classes)..((row + 1) * classes)].OrderDescending().Take(2)];
        return largest[0] - largest[1];
    }
}
