namespace Governance.Portal.Features.Monitoring;

/// <summary>What monitors measure, by the words of their readings.</summary>
internal static class ReadingKind
{
    public const string Drift = "drift";
    public const string Quality = "quality";
    public const string Multivariate = "multivariate";
    public const string Attribution = "attribution";
    public const string Performance = "performance";
    public const string Fairness = "fairness";
    public const string Estimate = "estimate";
    public const string Volume = "volume";
    public const string Latency = "latency";
}
