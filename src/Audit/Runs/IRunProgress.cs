namespace Governance.Audit.Runs;

/// <summary>Where a run says how far it is.</summary>
/// <remarks>A seam: the portal writes it to the run's row, the command line to standard error, tests to a list.</remarks>
public interface IRunProgress
{
    /// <summary>Says how far the run is.</summary>
    /// <param name="stage">What it is doing, such as "Explaining rows".</param>
    /// <param name="done">Units of work done.</param>
    /// <param name="total">Units of work in all.</param>
    void Report(string stage, long done, long total);
}
