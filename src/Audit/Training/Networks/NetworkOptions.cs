namespace Governance.Audit.Training.Networks;

/// <summary>How a small network is trained.</summary>
public sealed record NetworkOptions
{
    /// <summary>Classes of the target, at least 2; 1 learns a number by squared error.</summary>
    public required int Classes { get; init; }

    /// <summary>The width of each hidden layer; empty for none (a linear or softmax model).</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [32, 16];

    /// <summary>Passes over the rows, at least 1.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Rows a step, at least 1.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Adam's step, over 0.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The ridge penalty on weights (not on biases), not negative, in units of the mean loss.</summary>
    public double Penalty { get; init; } = 1e-4;

    /// <summary>The share of rows held out to stop early, in [0, 0.5]; 0 trains all epochs.</summary>
    public double HeldOutShare { get; init; }

    /// <summary>Epochs without a better held-out loss before training stops, at least 1.</summary>
    public int Patience { get; init; } = 5;

    /// <summary>Seeds the first weights, the order of rows and the rows held out.</summary>
    public required int Seed { get; init; }

    /// <summary>Refuses options outside their ranges.</summary>
    /// <exception cref="ArgumentException">One is.</exception>
    internal void Check()
    {
        if (Classes < 1 || Hidden.Any(width => width < 1) || Epochs < 1 || Batch < 1 || !(LearningRate > 0) || !(Penalty >= 0)
            || HeldOutShare is not (>= 0 and <= 0.5) || Patience < 1)
        {
            throw new ArgumentException("An option of the network is outside its range.", nameof(NetworkOptions));
        }
    }
}
