namespace Governance.Audit.Tests.MetricGoldens;

/// <summary>A class of tests that compares records with our own numbers. It must compare every record that it claims.</summary>
public interface IChecksMetricRecords
{
    /// <summary>Whether this class compares the record; its tests take their records by this same answer.</summary>
    static abstract bool Claims(MetricRecord record);
}
