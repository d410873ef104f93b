using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Inference;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;

namespace Governance.Audit.Runs;

/// <summary>Says what explaining rows will cost, and which methods the model allows, before anything is queued.</summary>
public sealed class EstimateExplanation(LoadAuditInputs load, VersionQueries versions, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    // A calibration runs the model; two at once would measure each other.
    private static readonly SemaphoreSlim One = new(1);

    /// <summary>Estimates.</summary>
    /// <param name="actor">Who asks; needs the rights to run audits and to see explanations of rows.</param>
    /// <param name="version">The version.</param>
    /// <param name="options">What would be explained, and how.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The estimate, or a sentence that says why there is none.</returns>
    public async Task<ExplanationEstimate> RunAsync(
        Actor actor, ModelVersionId version, AuditOptions options, CancellationToken cancellationToken)
    {
        VersionDetails? details = actor.User is UserId user ? await versions.FindAsync(user, version, cancellationToken) : null;
        if (details is null)
        {
            return new ExplanationEstimate { Fault = "There is no such version." };
        }

        if ((details.Viewer.RefusalFor(Right.RunAudit) ?? details.Viewer.RefusalFor(Right.ExplainRow)) is { } refusal)
        {
            return new ExplanationEstimate { Fault = refusal.Sentence };
        }

        if (CheckOptions.Fault(options) is string fault)
        {
            return new ExplanationEstimate { Fault = fault };
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        try
        {
            AuditInputs inputs = await load.RunAsync(version, options, limit.Token);
            await One.WaitAsync(limit.Token);
            try
            {
                return await Task.Run(() => Estimate(inputs, options, limit.Token), limit.Token);
            }
            finally
            {
                One.Release();
            }
        }
        catch (InputException refused)
        {
            return new ExplanationEstimate { Fault = refused.Message };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ExplanationEstimate { Fault = "The model is too slow for an estimate; the run itself has no such limit and can be cancelled." };
        }
    }

    private ExplanationEstimate Estimate(AuditInputs inputs, AuditOptions options, CancellationToken cancellationToken)
    {
        ModelEncoding? encoding = inputs.Encoding is null ? null : ModelEncoding.Read(inputs.Encoding);
        PredictorOptions run = new() { Provider = "cpu", Threads = Environment.ProcessorCount, BatchRows = ComputeFindings.BatchRows };
        using OnnxPredictor predictor = OnnxPredictor.Load(inputs.Model, run, cancellationToken);
        RowEncoder encoder = RowEncoder.For(predictor.Signature, encoding, inputs.Evaluation.Table);
        ScoredTable scored = ScoredTable.Make(
            predictor, encoder, encoding, inputs.Evaluation, options, new AuditShards(null), () => { }, cancellationToken);
        using PreparedExplanation prepared = PreparedExplanation.Make(
            inputs, options, predictor, encoder, encoding, run, scored, cancellationToken);
        using AttributionTask task = new(prepared.Request, time);
        ChosenMethod chosen = AttributionMethods.Choose(task, cancellationToken);
        CostEstimate cost = chosen.Method.Estimate(task, cancellationToken);
        return new ExplanationEstimate
        {
            Method = chosen.Method.Name,
            Reason = chosen.Reason,
            Rows = prepared.Request.Rows.Rows,
            ModelRows = cost.ModelRows,
            Seconds = cost.Seconds,
            Methods = [.. AttributionMethods.All.Select(method => (method.Name, method.Supports(task)))],
        };
    }
}

/// <summary>What explaining rows will cost.</summary>
public sealed record ExplanationEstimate
{
    /// <summary>Why there is no estimate; null where there is one.</summary>
    public string? Fault { get; init; }

    /// <summary>The method that will run.</summary>
    public string Method { get; init; } = "";

    /// <summary>Why auto takes it; null where it was asked for by name.</summary>
    public string? Reason { get; init; }

    /// <summary>Rows explained.</summary>
    public int Rows { get; init; }

    /// <summary>Rows sent to the model.</summary>
    public long ModelRows { get; init; }

    /// <summary>Seconds on this machine with nothing else to do.</summary>
    public double Seconds { get; init; }

    /// <summary>Each method and whether it can do this.</summary>
    public IReadOnlyList<(string Name, MethodSupport Support)> Methods { get; init; } = [];
}
