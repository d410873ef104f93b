namespace Governance.Registry.Models;

/// <summary>Materiality: exposure × purpose. From High on a second approver is needed.</summary>
public enum RiskTier
{
    Low,
    Medium,
    High,
    Critical,
}
