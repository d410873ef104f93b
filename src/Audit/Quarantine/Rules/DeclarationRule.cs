using Governance.Audit.Data;
using Governance.Audit.Quarantine.Scanning;

namespace Governance.Audit.Quarantine.Rules;

/// <summary>The model says what it takes and gives, and nothing impossible.</summary>
internal static class DeclarationRule
{
    /// <summary>Checks the format's version and the versions of the operator sets.</summary>
    /// <exception cref="InputException">The runtime does not read one of them.</exception>
    public static void CheckVersions(ScannedModel model)
    {
        if (model.IrVersion is < OperatorList.OldestFormat or > OperatorList.NewestFormat)
        {
            throw new InputException(
                $"The model is of the file format (IR version) {model.IrVersion}; {OperatorList.OldestFormat} to {OperatorList.NewestFormat} are read.");
        }

        foreach (IGrouping<string, long> import in model.Opsets.Concat(model.Functions.SelectMany(function => function.Opsets))
            .GroupBy(opset => opset.Domain, opset => opset.Version))
        {
            long version = import.Max();
            string name = import.Key.Length == 0 ? "ai.onnx" : Quoted.Of(import.Key);
            if (import.Min() < 1 || (OperatorList.Newest(import.Key) is int newest && version > newest))
            {
                throw new InputException($"The model uses version {(import.Min() < 1 ? import.Min() : version)} of the operator set {name}; 1 to {OperatorList.Newest(import.Key) ?? 1} are known here.");
            }
        }

        if (model.Opsets.GroupBy(opset => opset.Domain).FirstOrDefault(import => import.Distinct().Count() > 1) is { } twice)
        {
            throw new InputException($"The model imports two versions of the operator set {Quoted.Of(twice.Key.Length == 0 ? "ai.onnx" : twice.Key)}.");
        }
    }

    /// <summary>Checks the declared inputs and outputs of the main graph.</summary>
    /// <exception cref="InputException">There are none or too many, a name comes twice, or a declaration is impossible.</exception>
    public static void CheckEnds(ScannedGraph graph, ModelLimits limits)
    {
        HashSet<string> fixedValues = [.. graph.InitializerNames];
        List<ScannedValue> inputs = [.. graph.Inputs.Where(input => !fixedValues.Contains(input.Name))];
        if (inputs.Count == 0)
        {
            throw new InputException("The model has no inputs, so it cannot be run on rows.");
        }

        if (graph.Outputs.Count == 0)
        {
            throw new InputException("The model has no outputs.");
        }

        if (inputs.Count > limits.Ends || graph.Outputs.Count > limits.Ends)
        {
            throw new InputException($"The model has {Math.Max(inputs.Count, graph.Outputs.Count):N0} inputs or outputs, more than {limits.Ends:N0}.");
        }

        RefuseTwice(graph.Outputs.Select(output => output.Name), "output");
        inputs.ForEach(input => CheckEnd(input, "input", limits));
        graph.Outputs.ForEach(output => CheckEnd(output, "output", limits));
    }

    /// <summary>Refuses a name that a list holds twice.</summary>
    public static void RefuseTwice(IEnumerable<string> names, string what)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !seen.Add(name)) is string twice)
        {
            throw new InputException($"The model declares the {what} {Quoted.Of(twice)} twice.");
        }
    }

    private static void CheckEnd(ScannedValue end, string what, ModelLimits limits)
    {
        string name = Quoted.Of(end.Name);
        if (end.Name.Length == 0)
        {
            throw new InputException($"The model has an {what} without a name.");
        }

        if (what == "input" && end.Type.Kind.Length == 0)
        {
            throw new InputException($"The input {name} declares no type.");
        }

        if (end.Type.Kind == "tensor" && (what == "input" || end.Type.Element != 0) && ElementType.Of(end.Type.Element) is null)
        {
            throw new InputException($"The {what} {name} is of the element type {end.Type.Element}, which the ONNX format does not have.");
        }

        if (end.Type.Dims is not { } dims)
        {
            return;
        }

        // Some converters write -1 for a free dimension, and the runtime takes it so.
        if (dims.FirstOrDefault(size => size < -1) is long negative)
        {
            throw new InputException($"The {what} {name} declares the dimension {negative:N0}, which is negative.");
        }

        if (dims.Length > IntegerList.Kept)
        {
            throw new InputException($"The {what} {name} declares {dims.Length:N0} dimensions, more than {IntegerList.Kept}.");
        }

        if (what == "input" && dims.Length > 0 && dims[0] == 0)
        {
            throw new InputException($"The input {name} declares a batch of 0 rows.");
        }

        double elements = dims.Aggregate(1.0, (product, size) => product * Math.Max(size ?? 1, 1));
        if (elements > limits.ValueElements)
        {
            throw new InputException($"The {what} {name} declares {elements:N0} elements a batch, more than the {limits.ValueElements:N0} that are accepted.");
        }
    }
}
