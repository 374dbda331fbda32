//! Quantiles of the chi-squared distribution, which give exact limits of Poisson counts.

/// Beyond these degrees of freedom the approximation of Wilson and Hilferty is right to 8 digits.
const LARGE: f64 = 200_000.0;

/// The number that a chi-squared variable with so many degrees of freedom stays below with this probability.
pub(super) fn chi_squared_quantile(probability: f64, degrees: f64) -> f64 {
    if degrees <= 0.0 {
        return 0.0;
    }
    let h = 2.0 / (9.0 * degrees);
    let of_normal =
        if degrees > LARGE { normal_quantile(probability) } else { rough_normal_quantile(probability) };
    let guess = degrees * (1.0 - h + of_normal * h.sqrt()).powi(3).max(1e-8);
    if degrees > LARGE {
        return guess;
    }
    let shape = degrees / 2.0;
    let ln_gamma = ln_gamma(shape);
    let (mut low, mut high) = (0.0, degrees + 40.0 * degrees.sqrt() + 60.0);
    let mut x = (guess / 2.0).clamp(1e-300, high);
    for _ in 0..200 {
        let error = below(shape, ln_gamma, x) - probability;
        if error > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let density = (-x + (shape - 1.0) * x.ln() - ln_gamma).exp();
        let newton = x - error / density;
        let next = if newton.is_finite() && newton > low && newton < high {
            newton
        } else {
            f64::midpoint(low, high)
        };
        if (next - x).abs() <= x * 1e-11 {
            return next * 2.0;
        }
        x = next;
    }
    x * 2.0
}

/// The regularised lower incomplete gamma function, by its series or its continued fraction (Abramowitz and Stegun
/// 6.5.29, 6.5.31).
#[expect(clippy::many_single_char_names, reason = "the letters of the printed formulas")]
fn below(shape: f64, ln_gamma: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let factor = (shape * x.ln() - x - ln_gamma).exp();
    if x < shape + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / shape, 1.0 / shape, shape);
        for _ in 0..100_000 {
            n += 1.0;
            term *= x / n;
            sum += term;
            if term < sum * 1e-16 {
                break;
            }
        }
        return sum * factor;
    }
    let tiny = 1e-300;
    let mut b = x + 1.0 - shape;
    let mut c = 1.0 / tiny;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for i in 1..100_000 {
        let i = f64::from(i);
        let a = -i * (i - shape);
        b += 2.0;
        d = 1.0 / (a * d + b + tiny);
        c = b + a / c;
        let change = c * d;
        fraction *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    1.0 - factor * fraction
}

/// The logarithm of the gamma function for positive numbers (Lanczos, g = 7).
fn ln_gamma(x: f64) -> f64 {
    const TERMS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        return (std::f64::consts::PI / (std::f64::consts::PI * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let t = x + 7.5;
    let sum: f64 =
        TERMS[0] + TERMS[1..].iter().zip(1..).map(|(term, i)| term / (x + f64::from(i))).sum::<f64>();
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// The number that a standard normal variable stays below with this probability, to 3 decimals (Abramowitz and Stegun
/// 26.2.23).
fn rough_normal_quantile(probability: f64) -> f64 {
    let tail = probability.min(1.0 - probability).max(1e-12);
    let t = (-2.0 * tail.ln()).sqrt();
    let above = t
        - (2.515_517 + t * (0.802_853 + t * 0.010_328))
            / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    if probability < 0.5 { -above } else { above }
}

/// The same made exact by Newton's method.
fn normal_quantile(probability: f64) -> f64 {
    let tail = probability.min(1.0 - probability).max(1e-12);
    let mut above = rough_normal_quantile(probability).abs();
    let ln_gamma_of_half = ln_gamma(0.5);
    for _ in 0..3 {
        let half_square = above * above / 2.0;
        let error = 0.5 + 0.5 * below(0.5, ln_gamma_of_half, half_square) - (1.0 - tail);
        above = (above - error * (2.0 * std::f64::consts::PI).sqrt() * half_square.exp()).max(0.0);
    }
    if probability < 0.5 { -above } else { above }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_near(a: f64, b: f64, digits: f64) -> bool {
        (a - b).abs() <= b.abs() * digits
    }

    #[test]
    fn quantiles_agree_with_printed_tables() {
        for (probability, degrees, wanted) in [
            (0.95, 1.0, 3.841_458_820_694_124),
            (0.025, 1.0, 0.000_982_069_117_175_255),
            (0.975, 10.0, 20.483_177_350_807_39),
            (0.001, 30.0, 11.587_95),
            (0.999, 100.0, 149.449_25),
            (0.5, 2.0, 1.386_294_361_119_890_6),
        ] {
            let found = chi_squared_quantile(probability, degrees);
            assert!(is_near(found, wanted, 1e-7), "{probability} {degrees}: {found}");
        }
    }

    #[test]
    fn large_numbers_join_smoothly() {
        for probability in [0.001, 0.025, 0.975, 0.999] {
            let exact = chi_squared_quantile(probability, LARGE);
            let approximate = chi_squared_quantile(probability, LARGE + 0.001);
            assert!(is_near(exact, approximate, 1e-6), "{probability}: {exact} {approximate}");
        }
        assert!(is_near(chi_squared_quantile(0.5, 1e9), 1e9, 1e-8));
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-9);
        assert!((normal_quantile(0.001) + 3.090_232_306_167_814).abs() < 1e-9);
    }
}
