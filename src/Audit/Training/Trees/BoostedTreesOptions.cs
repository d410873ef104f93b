namespace Governance.Audit.Training.Trees;

/// <summary>What boosted trees learn.</summary>
public enum TreesTask
{
    /// <summary>A number, by squared error.</summary>
    Regression,

    /// <summary>One of two classes, 0 and 1, by log loss.</summary>
    Binary,

    /// <summary>One of several classes, 0 … K - 1, by log loss.</summary>
    Multiclass,
}

/// <summary>How boosted trees are grown.</summary>
public sealed record BoostedTreesOptions
{
    /// <summary>What is learned.</summary>
    public required TreesTask Task { get; init; }

    /// <summary>The number of classes; 2 for <see cref="TreesTask.Binary"/>, 1 for regression.</summary>
    public int Classes { get; init; } = 2;

    /// <summary>Rounds at most; a round is one tree, or one a class. At least 1.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>The share of each tree's step that is taken, in (0, 1].</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Leaves of a tree at most, at least 2.</summary>
    public int MostLeaves { get; init; } = 31;

    /// <summary>Splits from root to leaf at most, at least 1.</summary>
    public int MostDepth { get; init; } = 6;

    /// <summary>Rows in a leaf at least, at least 1.</summary>
    public int LeastRows { get; init; } = 20;

    /// <summary>The ridge penalty on leaf values, not negative.</summary>
    public double Penalty { get; init; } = 1;

    /// <summary>Bins a feature at most, 2 to 255.</summary>
    public int Bins { get; init; } = 255;

    /// <summary>The share of rows that each tree sees, in (0, 1].</summary>
    public double RowShare { get; init; } = 1;

    /// <summary>The share of features that each tree sees, in (0, 1].</summary>
    public double FeatureShare { get; init; } = 1;

    /// <summary>The share of rows held out to stop early, in [0, 0.5]; 0 grows all rounds.</summary>
    public double HeldOutShare { get; init; }

    /// <summary>Rounds without a better held-out loss before growth stops, at least 1.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Seeds the choice of rows, features and held-out rows.</summary>
    public required int Seed { get; init; }

    /// <summary>Threads, at least 1; does not change a bit of the result.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The number of margins that the trees add up to: 1, or a class each.</summary>
    internal int Outputs => Task == TreesTask.Multiclass ? Classes : 1;

    /// <summary>Refuses options outside their ranges.</summary>
    /// <exception cref="ArgumentException">One is.</exception>
    internal void Check()
    {
        bool classes = Task switch { TreesTask.Regression => true, TreesTask.Binary => Classes == 2, _ => Classes >= 2 };
        bool sizes = Rounds >= 1 && MostLeaves >= 2 && MostDepth >= 1 && LeastRows >= 1 && Bins is >= 2 and <= 255
            && Patience >= 1 && Threads >= 1;
        bool shares = LearningRate is > 0 and <= 1 && RowShare is > 0 and <= 1 && FeatureShare is > 0 and <= 1
            && HeldOutShare is >= 0 and <= 0.5 && Penalty >= 0;
        if (!classes || !sizes || !shares)
        {
            throw new ArgumentException("An option of the trees is outside its range.", nameof(BoostedTreesOptions));
        }
    }
}
