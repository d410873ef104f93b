using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Governance.Registry.Accounts;

/// <summary>Time-based one-time codes: RFC 6238 with HMAC-SHA-1, 30 seconds, 6 digits, as every authenticator app knows them.</summary>
public static class Totp
{
    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>How long a step lasts, in seconds.</summary>
    public const int StepSeconds = 30;

    /// <summary>Bytes of a key: as many as SHA-1 yields (RFC 4226 §4, R6).</summary>
    public const int KeyLength = 20;

    private const int Modulus = 1_000_000;

    /// <summary>The step that a time lies in: whole 30 seconds since 1970.</summary>
    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step, six digits with zeros in front.</summary>
    public static string CodeAt(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 and the apps fix SHA-1; as a keyed hash over a counter it is not what its collisions break
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        int from = hash[^1] & 0xf; // RFC 4226 §5.3, dynamic truncation
        int number = BinaryPrimitives.ReadInt32BigEndian(hash[from..]) & 0x7fffffff;
        return (number % Modulus).ToString("d6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step that a code belongs to: the one of now, the one before or the one after, for clocks that differ.</summary>
    /// <param name="key">The key.</param>
    /// <param name="code">What the person typed; spaces do not count.</param>
    /// <param name="now">The time.</param>
    /// <param name="after">Steps up to this one are used up: their codes are refused.</param>
    /// <returns>The step; null where the code is wrong, too old or used.</returns>
    public static long? StepOf(ReadOnlySpan<byte> key, string code, DateTimeOffset now, long after)
    {
        ArgumentNullException.ThrowIfNull(code);
        byte[] typed = [.. code.Where(letter => letter != ' ').Select(letter => (byte)letter)];
        long current = StepAt(now);
        long? found = null;
        for (long step = current - 1; step <= current + 1; step++)
        {
            // All three are computed, whichever fits: the time of the answer says nothing.
            bool fits = CryptographicOperations.FixedTimeEquals(typed, System.Text.Encoding.ASCII.GetBytes(CodeAt(key, step)));
            found = fits && step > after ? step : found;
        }

        return found;
    }
}
