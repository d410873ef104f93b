namespace Governance.Audit.Drift;

/// <summary>Watches a stream, one number at a time.</summary>
public interface IOnlineDetector
{
    /// <summary>Takes the next number.</summary>
    /// <param name="x">Finite; whoever reads a stream leaves out what is missing.</param>
    /// <returns>Whether this number raises an alarm; the detector then begins anew.</returns>
    bool Add(double x);
}
