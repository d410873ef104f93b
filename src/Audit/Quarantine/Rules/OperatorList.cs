namespace Governance.Audit.Quarantine.Rules;

/// <summary>The operators that a model may use, by domain, and the versions of the domains.</summary>
/// <remarks>
/// All inference operators of ai.onnx up to opset 26 and of ai.onnx.ml up to 5, which is what the runtime here knows;
/// of com.microsoft those that quantisation and graph optimisation of transformers write. Not listed, on purpose:
/// operators that train, that read files (EPContext), that call code of others (ATen, PythonOp) or that search with
/// subgraphs of their own (BeamSearch, GreedySearch, Sampling).
/// </remarks>
internal static class OperatorList
{
    /// <summary>The oldest file format: the first with operator sets.</summary>
    public const int OldestFormat = 3;

    /// <summary>The newest file format that the runtime reads.</summary>
    public const int NewestFormat = 13;

    private const string Standard = """
        Abs Acos Acosh Add AffineGrid And ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool BatchNormalization
        Bernoulli BitCast BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor BlackmanWindow Cast CastLike Ceil Celu
        CenterCropPad Clip Col2Im Compress Concat ConcatFromSequence Constant ConstantOfShape Conv ConvInteger
        ConvTranspose Cos Cosh CumProd CumSum DFT DeformConv DepthToSpace DequantizeLinear Det Div Dropout
        DynamicQuantizeLinear Einsum Elu Equal Erf Exp Expand EyeLike Flatten Floor GRU Gather GatherElements GatherND
        Gelu Gemm GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual GridSample GroupNormalization
        HammingWindow HannWindow HardSigmoid HardSwish Hardmax Identity If ImageDecoder InstanceNormalization IsInf
        IsNaN LRN LSTM LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax Loop LpNormalization LpPool MatMul
        MatMulInteger Max MaxPool MaxRoiPool MaxUnpool Mean MeanVarianceNormalization MelWeightMatrix Min Mish Mod Mul
        Multinomial Neg NegativeLogLikelihoodLoss NonMaxSuppression NonZero Not OneHot Optional OptionalGetElement
        OptionalHasElement Or PRelu Pad Pow QLinearConv QLinearMatMul QuantizeLinear RMSNormalization RNN RandomNormal
        RandomNormalLike RandomUniform RandomUniformLike Range Reciprocal ReduceL1 ReduceL2 ReduceLogSum
        ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare RegexFullMatch Relu Reshape
        Resize ReverseSequence RoiAlign RotaryEmbedding Round STFT Scan Scatter ScatterElements ScatterND Selu
        SequenceAt SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength SequenceMap Shape Shrink
        Sigmoid Sign SimplifiedLayerNormalization Sin Sinh Size Slice Softmax SoftmaxCrossEntropyLoss Softplus Softsign
        SpaceToDepth Split SplitToSequence Sqrt Squeeze StringConcat StringNormalizer StringSplit Sub Sum Swish Tan
        Tanh TensorScatter TfIdfVectorizer ThresholdedRelu Tile TopK Transpose Trilu Unique Unsqueeze Upsample Where Xor
        """;

    private const string Learning = """
        ArrayFeatureExtractor Binarizer CastMap CategoryMapper DictVectorizer FeatureVectorizer Imputer LabelEncoder
        LinearClassifier LinearRegressor Normalizer OneHotEncoder SVMClassifier SVMRegressor Scaler TreeEnsemble
        TreeEnsembleClassifier TreeEnsembleRegressor ZipMap
        """;

    private const string Contributed = """
        Attention BiasAdd BiasDropout BiasGelu BiasSoftmax BitmaskBiasDropout BitmaskDropout CDist ComplexMul
        ConvTransposeWithDynamicPads CropAndResize DecoderMaskedMultiHeadAttention DecoderMaskedSelfAttention
        DequantizeLinear DynamicQuantizeLSTM DynamicQuantizeMatMul EmbedLayerNormalization ExpandDims FastGelu FusedConv
        FusedGemm FusedMatMul FusedMatMulActivation GatherBlockQuantized GatherND Gelu GridSample GroupNorm
        GroupQueryAttention Inverse Irfft LayerNormalization LongformerAttention MatMulBnb4 MatMulFpQ4 MatMulInteger16
        MatMulIntegerToFloat MatMulNBits MaxpoolWithMask MulInteger MultiHeadAttention MurmurHash3 NGramRepeatBlock
        NhwcConv NhwcFusedConv NhwcMaxPool PackedAttention PackedMultiHeadAttention Pad QAttention
        QEmbedLayerNormalization QGemm QLinearAdd QLinearAveragePool QLinearConcat QLinearConv
        QLinearGlobalAveragePool QLinearLeakyRelu QLinearMul QLinearReduceMean QLinearSigmoid QLinearSoftmax
        QLinearWhere QMoE QuantizeLinear QuickGelu Range ReduceSumInteger RelativePositionBias RemovePadding
        RestorePadding Rfft RotaryEmbedding SampleOp SimplifiedLayerNormalization SkipGroupNorm SkipLayerNormalization
        SkipSimplifiedLayerNormalization SparseAttention SparseToDenseMatMul Tokenizer TransposeMatMul Trilu Unique
        UnfoldTensor WhisperEncoderAttention WordConvEmbedding
        """;

    private static readonly Dictionary<string, (int Newest, HashSet<string> Operators)> Domains = new(StringComparer.Ordinal)
    {
        [""] = (26, Words(Standard)),
        ["ai.onnx.ml"] = (5, Words(Learning)),
        ["com.microsoft"] = (1, Words(Contributed)),
    };

    /// <summary>Whether operators of this domain may be used at all.</summary>
    public static bool HasDomain(string domain) => Domains.ContainsKey(domain);

    /// <summary>Whether the operator may be used.</summary>
    public static bool Has(string domain, string op) => Domains.TryGetValue(domain, out var known) && known.Operators.Contains(op);

    /// <summary>The newest version of a domain that the runtime knows; null for a domain that has none here.</summary>
    public static int? Newest(string domain) => Domains.TryGetValue(domain, out var known) ? known.Newest : null;

    private static HashSet<string> Words(string list) => [.. list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
