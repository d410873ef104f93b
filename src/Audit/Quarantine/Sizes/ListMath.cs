namespace Governance.Audit.Quarantine.Sizes;

/// <summary>Operators by which graphs compute dimensions: their small lists of numbers are followed by value.</summary>
internal static class ListMath
{
    /// <summary>What is known of the first output; null for an operator of another sort.</summary>
    public static Fact? Of(in Operands operands) => operands.Node.Op switch
    {
        "Constant" => Constant(operands),
        "Cast" => Fact.Of(operands[0].Shape, operands[0].Value is double[] values ? Array.ConvertAll(values, Math.Truncate) : null),
        "Shape" => Shape(operands),
        "Size" => operands[0].Shape is double[] shape ? Fact.Scalar(Fact.Product(shape)) : Fact.Unknown,
        "Add" => Broadcast.Of(operands[0], operands[1], (a, b) => a + b),
        "Sub" => Broadcast.Of(operands[0], operands[1], (a, b) => a - b),
        "Mul" => Broadcast.Of(operands[0], operands[1], (a, b) => a * b),
        "Div" => Broadcast.Of(operands[0], operands[1], (a, b) => b == 0 ? 0 : a / b),
        "Mod" => Broadcast.Of(operands[0], operands[1], (a, b) => b == 0 ? 0 : a - (Math.Floor(a / b) * b)),
        "Pow" => Broadcast.Of(operands[0], operands[1], Math.Pow),
        "Max" when operands.Count == 2 => Broadcast.Of(operands[0], operands[1], Math.Max),
        "Min" when operands.Count == 2 => Broadcast.Of(operands[0], operands[1], Math.Min),
        "Max" or "Min" => Fact.Of(operands.Shapes() is double[][] shapes ? Broadcast.Shape(shapes) : null),
        "Neg" => Each(operands[0], value => -value),
        "Abs" => Each(operands[0], Math.Abs),
        "Floor" => Each(operands[0], Math.Floor),
        "Ceil" => Each(operands[0], Math.Ceiling),
        "Sqrt" => Each(operands[0], Math.Sqrt),
        "Exp" => Each(operands[0], Math.Exp),
        "Gather" => Gathered(operands),
        "Concat" => Joined(operands),
        "Slice" => Sliced(operands),
        "Squeeze" or "Unsqueeze" or "Reshape" => Reshaped.Of(operands),
        "ReduceProd" => Reduced(operands, (a, b) => a * b),
        "ReduceSum" => Reduced(operands, (a, b) => a + b),
        "ReduceMax" => Reduced(operands, Math.Max),
        "ReduceMin" => Reduced(operands, Math.Min),
        _ => null,
    };

    private static Fact Each(Fact input, Converter<double, double> compute) =>
        Fact.Of(input.Shape, input.Value is double[] values ? Array.ConvertAll(values, compute) : null);

    private static Fact Constant(in Operands operands)
    {
        foreach (Scanning.ScannedAttribute attribute in operands.Node.Attributes)
        {
            switch (attribute.Name)
            {
                case "value":
                    return operands.Tensor("value");
                case "value_int" when attribute.Integer is long number:
                    return Fact.Scalar(number);
                case "value_float" when attribute.Float is float number:
                    return Fact.Scalar(number);
                case "value_ints":
                    return attribute.Integers is { } list ? Fact.Of([list.Count], list.All) : Fact.List([]);
                case "value_floats":
                    return Fact.Of([attribute.Floats.Count], attribute.Floats.All);
                default:
                    break;
            }
        }

        return Fact.Unknown;
    }

    private static Fact Shape(in Operands operands)
    {
        if (operands[0].Shape is not double[] shape)
        {
            return Fact.Unknown;
        }

        int start = Place(operands.Integer("start", 0), shape.Length);
        int end = Place(operands.Integer("end", shape.Length), shape.Length);
        return Fact.List(start < end ? shape[start..end] : []);
    }

    private static int Place(double index, int length) => (int)Math.Clamp(index < 0 ? index + length : index, 0, length);

    private static Fact Gathered(in Operands operands)
    {
        if (operands[0].Shape is not { Length: > 0 } shape || operands[1].Shape is not double[] places
            || Operands.Axis(operands.Integer("axis", 0), shape.Length) is not int axis)
        {
            return Fact.Unknown;
        }

        double[] result = [.. shape[..axis], .. places, .. shape[(axis + 1)..]];
        if (shape.Length > 1 || operands[0].Value is not double[] list || operands[1].Value is not double[] picks
            || picks.Any(pick => Operands.Axis(pick, list.Length) is null))
        {
            return Fact.Of(result);
        }

        return Fact.Of(result, Array.ConvertAll(picks, pick => list[Operands.Axis(pick, list.Length)!.Value]));
    }

    private static Fact Joined(in Operands operands)
    {
        if (operands.Shapes() is not double[][] shapes || shapes[0].Length == 0 || shapes.Any(shape => shape.Length != shapes[0].Length)
            || Operands.Axis(operands.Integer("axis", 0), shapes[0].Length) is not int axis)
        {
            return Fact.Unknown;
        }

        double[] result = [.. shapes[0]];
        result[axis] = shapes.Sum(shape => shape[axis]);
        List<double>? joined = result.Length == 1 ? [] : null;
        for (int i = 0; i < operands.Count && joined is not null; i++)
        {
            if (operands[i].Value is double[] part)
            {
                joined.AddRange(part);
            }
            else
            {
                joined = null;
            }
        }

        return Fact.Of(result, joined?.ToArray());
    }

    // Of a list only: what graphs cut out of a shape.
    private static Fact Sliced(in Operands operands)
    {
        if (operands[0].Shape is not [double length] || operands[0].Value is not double[] list
            || operands.Numbers("starts", 1) is not [double start] || operands.Numbers("ends", 2) is not [double end]
            || (operands.Has(4) && operands[4].Value is not [1]))
        {
            return Fact.Unknown;
        }

        int from = Place(start, (int)length);
        int to = Place(end, (int)length);
        return Fact.List(from < to ? list[from..to] : []);
    }

    private static Fact Reduced(in Operands operands, Func<double, double, double> compute)
    {
        bool keeps = operands.Integer("keepdims", 1) != 0;
        if (operands[0] is not { Shape: { Length: <= 1 } shape, Value: { Length: > 0 } values })
        {
            return Fact.Unknown;
        }

        return Fact.Of(keeps && shape.Length == 1 ? [1] : [], [values.Aggregate(compute)]);
    }
}
