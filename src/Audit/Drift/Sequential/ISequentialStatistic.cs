namespace Governance.Audit.Drift.Sequential;

/// <summary>Evidence that a stream has changed, growing value by value.</summary>
internal interface ISequentialStatistic
{
    /// <summary>The evidence so far.</summary>
    double Value { get; }

    /// <summary>Takes the next value.</summary>
    void Add(double x);

    /// <summary>Begins anew.</summary>
    void Reset();
}
