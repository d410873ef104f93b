using Governance.Audit.Data;
using Governance.Audit.Quarantine.Scanning;

namespace Governance.Audit.Quarantine.Rules;

/// <summary>The model's own functions, and how large the model is when each call is replaced by the function's body.</summary>
/// <remarks>
/// A kilobyte of functions that call each other twice is a model of a million operators once they are inlined, which a
/// runtime does before anything else: the size is computed here without doing it.
/// </remarks>
internal sealed class FunctionTable
{
    private readonly Dictionary<(string Domain, string Name, string Overload), ScannedFunction> functions = [];
    private readonly Dictionary<ScannedFunction, (double Nodes, int Calls, int Control)> sizes = [];
    private readonly HashSet<ScannedFunction> open = [];
    private readonly ModelLimits limits;

    /// <summary>Checks the functions of a model and its expanded size.</summary>
    /// <exception cref="InputException">A function occurs twice or calls itself, or the expanded model passes a limit.</exception>
    public FunctionTable(ScannedModel model, ModelLimits limits)
    {
        this.limits = limits;
        foreach (ScannedFunction function in model.Functions)
        {
            if (OperatorList.Has(function.Domain, function.Name))
            {
                throw new InputException($"The model's own function {Quoted.Of(function.Name)} has the name of a standard operator; it is not clear which one is meant.");
            }

            if (!functions.TryAdd((function.Domain, function.Name, function.Overload), function))
            {
                throw new InputException($"The model holds the function {Quoted.Of(function.Name)} twice.");
            }
        }

        (double nodes, int calls, int control) = SizeOf(model.Graph!.Nodes);
        if (nodes > limits.Nodes)
        {
            throw new InputException($"With its own functions written out the model has {nodes:N0} operators, more than the {limits.Nodes:N0} that are accepted.");
        }

        Refuse(calls, control);
        model.Functions.ForEach(function => SizeOf(function));
    }

    /// <summary>The function that a node calls, or null for an operator.</summary>
    public ScannedFunction? Called(ScannedNode node) => functions.GetValueOrDefault((node.Domain, node.Op, node.Overload));

    private (double Nodes, int Calls, int Control) SizeOf(IEnumerable<ScannedNode> nodes)
    {
        double count = 0;
        int calls = 0;
        int control = 0;
        foreach (ScannedNode node in nodes)
        {
            count++;
            if (Called(node) is ScannedFunction function)
            {
                (double inner, int deeper, int inside) = SizeOf(function);
                count += inner;
                calls = Math.Max(calls, deeper + 1);
                control = Math.Max(control, inside);
            }

            foreach (ScannedGraph graph in node.Subgraphs)
            {
                (double inner, int deeper, int inside) = SizeOf(graph.Nodes);
                count += inner;
                calls = Math.Max(calls, deeper);
                control = Math.Max(control, inside + 1);
            }
        }

        return (count, calls, control);
    }

    private (double Nodes, int Calls, int Control) SizeOf(ScannedFunction function)
    {
        if (sizes.TryGetValue(function, out (double, int, int) known))
        {
            return known;
        }

        if (!open.Add(function))
        {
            throw new InputException($"The model's own function {Quoted.Of(function.Name)} calls itself.");
        }

        // Recursion is as deep as functions call each other, and that is bounded before it is deep.
        if (open.Count > limits.CallDepth)
        {
            Refuse(open.Count, 0);
        }

        (double Nodes, int Calls, int Control) size = SizeOf(function.Nodes);
        open.Remove(function);
        sizes.Add(function, size);
        Refuse(size.Calls, size.Control);
        return size;
    }

    private void Refuse(int calls, int control)
    {
        if (calls > limits.CallDepth)
        {
            throw new InputException($"The model's own functions call each other more than {limits.CallDepth} levels deep, the most that is accepted.");
        }

        if (control > limits.ControlDepth)
        {
            throw new InputException($"The model nests graphs (If, Loop, Scan) more than {limits.ControlDepth} levels deep, calls of functions looked through; that is the most that is accepted.");
        }
    }
}
