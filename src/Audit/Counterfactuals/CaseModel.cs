using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Counterfactuals;

/// <summary>The model as it decides about readable rows, with its calls counted.</summary>
internal sealed class CaseModel(CounterfactualRequest request, CancellationToken cancellationToken)
{
    /// <summary>How outputs become decisions.</summary>
    public DecisionRule Rule { get; } = new(request.Predictor.Signature, request.Encoder.Encoding, request.Positive, request.Threshold);

    /// <summary>Rows sent to the model so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Calls of the model so far.</summary>
    public long Calls { get; private set; }

    /// <summary>Decides about readable rows.</summary>
    public Decisions Decide(Table rows) => Decide(rows, request.Encoder.Encode(rows));

    /// <summary>Decides about rows that are encoded already.</summary>
    public Decisions Decide(Table rows, InputBatch batch)
    {
        Rows += batch.Rows;
        Calls++;
        return Rule.Decide(request.Predictor.Predict(batch, cancellationToken), rows, batch);
    }
}
