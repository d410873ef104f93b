using Governance.Audit.Data;

namespace Governance.Audit.Quarantine.Scanning;

/// <summary>What one scan may still spend; it bounds the scan's memory and time.</summary>
internal sealed class ScanContext(ModelLimits limits)
{
    private int messages;
    private int nodes;

    /// <summary>The limits.</summary>
    public ModelLimits Limits => limits;

    /// <summary>Counts a message or an unknown field.</summary>
    /// <exception cref="InputException">There are too many.</exception>
    public void Spend()
    {
        if (++messages > limits.Messages)
        {
            throw new InputException($"The model file has more than {limits.Messages:N0} parts; such a file is not read.");
        }
    }

    /// <summary>Counts an operator.</summary>
    /// <exception cref="InputException">There are too many.</exception>
    public void SpendNode()
    {
        Spend();
        if (++nodes > limits.Nodes)
        {
            throw new InputException($"The model has more than {limits.Nodes:N0} operators, the most that is accepted.");
        }
    }
}
