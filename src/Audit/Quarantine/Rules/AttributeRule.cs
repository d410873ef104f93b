using Governance.Audit.Data;
using Governance.Audit.Quarantine.Scanning;

namespace Governance.Audit.Quarantine.Rules;

/// <summary>An operator is on the list, and its attributes say one thing each.</summary>
internal static class AttributeRule
{
    private const int TensorKind = 4;
    private const int GraphKind = 5;
    private const int TensorsKind = 9;
    private const int GraphsKind = 10;
    private const int NewestKind = 14;

    /// <summary>Checks an operator's name.</summary>
    /// <exception cref="InputException">It is not on the list.</exception>
    public static void CheckOperator(ScannedNode node, IReadOnlySet<string> imported)
    {
        if (node.Op.Length == 0)
        {
            throw new InputException("The model holds an operator without a name.");
        }

        if (!OperatorList.Has(node.Domain, node.Op))
        {
            throw new InputException(OperatorList.HasDomain(node.Domain)
                ? $"The model uses the operator {Quoted.Of(node.Kind)}, which is not among the operators that are accepted."
                : $"The model uses the operator {Quoted.Of(node.Op)} of the domain {Quoted.Of(node.Domain)}; only ai.onnx, ai.onnx.ml and com.microsoft are accepted.");
        }

        if (!imported.Contains(node.Domain))
        {
            throw new InputException($"The model uses the operator {Quoted.Of(node.Kind)} but does not say which version of its operator set.");
        }
    }

    /// <summary>Checks the attributes of an operator.</summary>
    /// <exception cref="InputException">One occurs twice, or holds something else than it says.</exception>
    public static void Check(ScannedNode node)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (ScannedAttribute attribute in node.Attributes)
        {
            if (!seen.Add(attribute.Name))
            {
                throw new InputException($"The operator {node.Kind} has the attribute {Quoted.Of(attribute.Name)} twice.");
            }

            bool other = attribute.Type != 0 && (
                (attribute.Tensor is not null && attribute.Type != TensorKind)
                || (attribute.Tensors.Count > 0 && attribute.Type != TensorsKind)
                || (attribute.Graphs.Count > 0 && attribute.Type is not (GraphKind or GraphsKind)));
            if (other || attribute.Type is < 0 or > NewestKind)
            {
                throw new InputException($"The attribute {Quoted.Of(attribute.Name)} of the operator {node.Kind} holds something else than its type says.");
            }
        }
    }
}
