namespace Governance.Audit.Inference.Forms;

/// <summary>The curved functions that may follow a model's sums.</summary>
internal enum CurveKind
{
    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>exp(x_k) / Σ exp(x_j).</summary>
    Softmax,

    /// <summary>The softmax of ONNX's ensembles that leaves scores of (almost) 0 out of the sum.</summary>
    SoftmaxZero,

    /// <summary>ln of the softmax.</summary>
    LogSoftmax,

    /// <summary>√2 · erf⁻¹(2x - 1).</summary>
    Probit,

    /// <summary>x_k / Σ |x_j|; x_k where that sum is 0.</summary>
    Share,

    /// <summary>ln(p / (1 - p)) for the p of a softmax's class k: x_k - ln Σ_{j≠k} exp(x_j).</summary>
    SoftmaxLogOdds,

    /// <summary>ln(p / (1 - p)) with p kept away from 0 and 1 by the first parameter.</summary>
    LogOdds,

    /// <summary>exp(x).</summary>
    Exp,

    /// <summary>ln x.</summary>
    Log,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x kept between the two parameters.</summary>
    Clip,

    /// <summary>|x|.</summary>
    Abs,

    /// <summary>√x.</summary>
    Sqrt,

    /// <summary>ln(1 + exp x).</summary>
    Softplus,

    /// <summary>x to the power of the parameter.</summary>
    Power,

    /// <summary>x y.</summary>
    Product,

    /// <summary>x / y.</summary>
    Quotient,

    /// <summary>The largest.</summary>
    Largest,

    /// <summary>The smallest.</summary>
    Smallest,
}
