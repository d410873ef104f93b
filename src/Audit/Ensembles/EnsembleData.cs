using Governance.Audit.Data;
using Governance.Audit.Performance;

namespace Governance.Audit.Ensembles;

/// <summary>Labelled rows that no member was trained on: an ensemble is judged on them, and a stacked one learns from them.</summary>
/// <param name="Table">The rows.</param>
/// <param name="Performance">Label, positive class, level and intervals; scores and predictions are the models'.</param>
public sealed record EnsembleData(Table Table, PerformanceOptions Performance)
{
    /// <summary>Into how many parts the rows are dealt to judge a stacked ensemble, 2 to 50.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>The ridge penalty of the stacked model, not negative.</summary>
    public double Penalty { get; init; } = 1;

    /// <summary>The number of bins of rows by disagreement, 2 to 20.</summary>
    public int DisagreementBins { get; init; } = 5;

    /// <summary>Refuses settings outside their ranges.</summary>
    /// <exception cref="InputException">A setting is outside its range.</exception>
    public void Check()
    {
        string? fault = Folds is < 2 or > 50 ? "The rows are dealt into 2 to 50 parts."
            : !(Penalty >= 0 && double.IsFinite(Penalty)) ? "The penalty is a number of at least 0."
            : DisagreementBins is < 2 or > 20 ? "Rows are put into 2 to 20 bins by disagreement."
            : Performance.Weight is not null ? "Ensembles are judged on rows that count alike; leave the weights out."
            : null;
        if (fault is not null)
        {
            throw new InputException(fault);
        }
    }
}
